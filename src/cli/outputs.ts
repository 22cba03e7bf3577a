/** Where a run leaves its results: checked before it starts, so that no long run is lost at its end. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LanewiseError } from "../errors.js";
import { makeDirectory, writeFiles } from "../files.js";
import type { Sequential } from "../index.js";
import { version } from "../version.js";
import type { DataSummary } from "./data.js";
import type { TestResult } from "./test-result.js";
import type { Run } from "./train.js";
import type { TrainOptions } from "./train-options.js";

export interface Results {
  readonly options: TrainOptions;
  readonly data: DataSummary;
  readonly run: Run;
  readonly test: TestResult;
}

/** Makes the directories. @throws LanewiseError where nothing can be written. */
export async function prepareOutputs({ out, json }: TrainOptions): Promise<void> {
  if (out !== undefined) await prepareDirectory(out);
  if (json === undefined) return;
  await prepareDirectory(dirname(resolve(json)));
  const old = await stat(json).catch(() => undefined);
  if (old && !old.isFile()) throw new LanewiseError(`cannot write ${json}: it is not a regular file`);
}

/** Saves the model with its history to `out`, and all figures to `json`, where they are wanted. */
export async function saveOutputs(model: Sequential, results: Results): Promise<void> {
  const { out, json } = results.options;
  if (out !== undefined) {
    await model.save(out);
    await writeFiles([{ path: join(out, "history.json"), bytes: encode(results.run.history) }]);
  }
  if (json !== undefined) await writeFiles([{ path: json, bytes: encode(toReport(results)) }]);
}

function toReport({ options, data, run, test }: Results): object {
  const { help: _, quiet: __, patience = null, out = null, json = null, ...config } = options;
  const { history, stopped, weightsOfEpoch, seconds, samplesPerSecond } = run;
  return {
    config: { ...config, patience, out, json },
    data,
    history,
    stopped,
    weightsOfEpoch,
    test,
    seconds,
    samplesPerSecond,
    environment: {
      lanewise: version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model ?? "unknown",
    },
  };
}

async function prepareDirectory(path: string): Promise<void> {
  await makeDirectory(path);
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new LanewiseError(`cannot write to directory ${path}: it is not writable`, { cause });
  }
}

function encode(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
