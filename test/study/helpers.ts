/** What the tests of studies share. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { completeConfiguration } from "../../src/study/configuration.js";
import type { Identity } from "../../src/study/identity.js";
import type { Job, RunResult } from "../../src/study/run.js";
import { defaultSpace } from "../../src/study/space.js";

export const identity: Identity = {
  version: "1",
  images: "a".repeat(64),
  labels: "b".repeat(64),
  space: defaultSpace,
  plan: { strategy: "grid", trials: null, eta: 3, seed: 1, seeds: 2, folds: 0, split: [60, 15, 25] },
};

export function makeJob(width: number, replicate = 0, epochs = 2): Job {
  return { configuration: completeConfiguration({ layers: [width] }), epochs, replicate };
}

export function makeResult(accuracy: number, loss = 1 - accuracy): RunResult {
  return {
    validation: { loss, accuracy },
    test: { loss, accuracy: accuracy - 0.01 },
    curves: {
      loss: [loss * 2, loss],
      accuracy: [accuracy / 2, accuracy],
      validationLoss: [loss * 2, loss],
      validationAccuracy: [accuracy / 2, accuracy],
    },
    parameters: 1000,
    timing: { seconds: 2, secondsPerEpoch: 1, microsecondsPerPrediction: 5 },
  };
}

/** A temporary folder for the tests of one file. Call it outside of tests. */
export function useDirectory(): (name: string) => string {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "lanewise-study-"));
  });
  afterAll(() => rm(directory, { recursive: true }));
  return (name) => join(directory, name);
}
