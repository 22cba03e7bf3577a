/** What a report says of how it was made. */
import { availableParallelism } from "node:os";
import type { Reproduction } from "../report/parts.js";
import { version } from "../version.js";
import type { FileSummary } from "./data-files.js";
import { describeEnvironment } from "./outputs.js";

export function describeReproduction(
  command: string,
  args: readonly string[],
  seed: number,
  files: readonly FileSummary[],
): Reproduction {
  const { node, platform, cpu } = describeEnvironment();
  return {
    version,
    command: ["lanewise", command, ...args.map(quote)].join(" "),
    seed,
    environment: [
      ["Node", node],
      ["platform", platform],
      ["processor", `${cpu}, ${availableParallelism()} cores`],
    ],
    files: files.map(({ path, sha256 }) => ({ path, sha256 })),
  };
}

/** As a shell takes it for one word. */
function quote(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
