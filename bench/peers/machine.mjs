/** What a measurement was made on. */
import { execFileSync } from "node:child_process";
import { arch, availableParallelism, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export function describeMachine() {
  const git = (...parameters) => attempt("git", ["-C", root, ...parameters]);
  const changed = git("status", "--porcelain", "--", "src", "assembly", "package.json");
  return {
    processor: cpus()[0]?.model.trim(),
    cores: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    node: process.version,
    v8: process.versions.v8,
    revision: `${git("rev-parse", "--short", "HEAD")}${changed ? " with changes" : ""}`,
    date: new Date().toISOString(),
  };
}

/** Ties this process, and so all that it starts, to one core. @returns the core, or undefined where that can't be done. */
export function pinToCore(core) {
  return attempt("taskset", ["-acp", `${core}`, `${process.pid}`]) === undefined ? undefined : core;
}

function attempt(command, parameters) {
  try {
    return execFileSync(command, parameters, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
