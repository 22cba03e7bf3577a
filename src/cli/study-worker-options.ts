/** The flags of `lanewise study-worker`. */
import { availableParallelism } from "node:os";
import { DEFAULT_IMAGES, DEFAULT_LABELS } from "./data-files.js";
import { type FlagValues, flag, parseFlags, requiredFlag } from "./flags.js";
import { renderHelp } from "./help.js";
import { integer, path } from "./kinds.js";
import { redisUrl, studyName } from "./study-options.js";

const studyWorkerFlags = {
  redis: requiredFlag("URL", redisUrl, "where the study is, as redis://host:6379"),
  name: flag("NAME", studyName, "study", "the study's name there"),
  images: flag("FILE", path, DEFAULT_IMAGES, "images: the same file as the study's"),
  labels: flag("FILE", path, DEFAULT_LABELS, "their classes: the same file as the study's"),
  workers: flag("N", integer(1), `${availableParallelism()}`, "runs at a time; this machine's cores by default"),
  lease: flag("SECONDS", integer(1), "30", "how long a machine may be silent before its runs are given to others"),
  quiet: { about: "print nothing" },
  help: { about: "print this", short: "h" },
} as const;

/** @throws UsageError for a command line that makes no sense. */
export function parseStudyWorkerOptions(args: readonly string[]): FlagValues<typeof studyWorkerFlags> {
  return parseFlags(studyWorkerFlags, args);
}

export function studyWorkerHelp(): string {
  return renderHelp({
    usage: "lanewise study-worker --redis URL [flags]",
    about:
      "Helps with a study that another machine leads by lanewise study --redis. Waits until there is one, computes runs of it " +
      "on all cores, and ends with it. A machine with other data or another version is refused.",
    flags: studyWorkerFlags,
    notes:
      "Takes the packages bullmq and ioredis, and tinypool for more than one worker: npm install bullmq ioredis tinypool.",
    examples: ["lanewise study-worker --redis redis://10.0.0.1:6379 --images images.npy"],
  });
}
