#!/usr/bin/env node
/** The command line: finds the command, runs it, and turns errors into one line and an exit code. */
import { UsageError, unknownNameError } from "./flags.js";
import { createTerminal, type Terminal } from "./terminal.js";

interface Command {
  readonly about: string;
  /** Imported when it is asked for, so that the rest starts fast. */
  load(): Promise<{ run(args: readonly string[], terminal: Terminal): Promise<number> }>;
}

const commands: Readonly<Record<string, Command>> = {
  train: {
    about: "train a network on images and labels in .npy files, and test it",
    load: () => import("./train-command.js"),
  },
};

const help = `Usage: lanewise <command> [flags]

Commands:
${Object.entries(commands)
  .map(([name, { about }]) => `  ${name}  ${about}`)
  .join("\n")}

Flags:
  --help, -h  print this; behind a command, print its flags
  --version   print the version`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h") {
    terminal.line(help);
    return 0;
  }
  if (name === "--version") {
    const { version } = await import("../version.js");
    terminal.line(version);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw unknownNameError("command", name, Object.keys(commands));
  const { run } = await command.load();
  return run(args, terminal);
}

/** One line; DEBUG=lanewise shows where it comes from. */
function describeError(error: unknown): string {
  if (process.env.DEBUG === "lanewise" && error instanceof Error) return `${error.stack}`;
  const message = error instanceof Error ? error.message : `${error}`;
  return `lanewise: ${message.replace(/\s*\n\s*/g, " ")}`;
}

const terminal = createTerminal(process.stdout);

// The reader of a pipe may have had enough: | head
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  if (!terminal.outlivesReader) process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
