#!/usr/bin/env node
/** The command line: finds the command, runs it, and turns errors into one line and an exit code. */
import { UsageError, unknownNameError } from "./flags.js";
import { createTerminal, type Terminal } from "./terminal.js";

/** Imported when it is asked for, so that the rest starts fast: its help without what only its work needs. */
interface Command {
  readonly about: string;
  help(): Promise<string>;
  load(): Promise<{ run(args: readonly string[], terminal: Terminal): Promise<number> }>;
}

const commands: Readonly<Record<string, Command>> = {
  train: {
    about: "train a network on images and labels in .npy files, and test it",
    help: async () => (await import("./train-options.js")).trainHelp(),
    load: () => import("./train-command.js"),
  },
  study: {
    about: "compare networks, several runs each, and report",
    help: async () => (await import("./study-options.js")).studyHelp(),
    load: () => import("./study-command.js"),
  },
  "study-worker": {
    about: "compute runs of a study that another machine leads",
    help: async () => (await import("./study-worker-options.js")).studyWorkerHelp(),
    load: () => import("./study-worker-command.js"),
  },
  evaluate: {
    about: "measure a saved model on images with labels",
    help: async () => (await import("./evaluate-options.js")).evaluateHelp(),
    load: () => import("./evaluate-command.js"),
  },
  predict: {
    about: "tell the classes of images by a saved model",
    help: async () => (await import("./predict-options.js")).predictHelp(),
    load: () => import("./predict-command.js"),
  },
  info: {
    about: "tell what is in a saved model or a .npy file",
    help: async () => (await import("./info-options.js")).infoHelp(),
    load: () => import("./info-command.js"),
  },
};

const help = `Usage: lanewise <command> [flags]

Commands:
${Object.entries(commands)
  .map(([name, { about }]) => `  ${name.padEnd(12)}  ${about}`)
  .join("\n")}

Flags:
  --help, -h  print this; behind a command, print its flags
  --version   print the version

Of a flag given twice the last one counts.

Examples:
  lanewise train --images images.npy --labels labels.npy --out my-model
  lanewise predict my-model --images new.npy`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || asksForHelp(name)) {
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
  if (args.some(asksForHelp)) {
    terminal.line(await command.help());
    return 0;
  }
  const { run } = await command.load();
  return run(args, terminal);
}

/** It counts whatever else is said. */
function asksForHelp(argument: string): boolean {
  return argument === "--help" || argument === "-h";
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
