/** Where a run leaves its results: checked before it starts, so that no long run is lost at its end. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LanewiseError } from "../errors.js";
import { makeDirectory, writeFiles } from "../files/write.js";
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
export async function prepareOutputs({ out, json, report }: TrainOptions): Promise<void> {
  if (out !== undefined) await prepareDirectory(out);
  if (json !== undefined) await prepareFile(json);
  if (report !== undefined) await prepareFile(report);
}

/** Makes the directory that a file goes into. @throws LanewiseError where it cannot be written. */
export async function prepareFile(path: string): Promise<void> {
  await prepareDirectory(dirname(resolve(path)));
  const old = await stat(path).catch(() => undefined);
  if (old && !old.isFile()) throw new LanewiseError(`cannot write ${path}: it is not a regular file`);
}

/** Saves the model with its history to `out`, and all figures to `json`, where they are wanted. */
export async function saveOutputs(model: Sequential, results: Results): Promise<void> {
  const { out, json } = results.options;
  if (out !== undefined) {
    await model.save(out);
    await saveJson(join(out, "history.json"), results.run.history);
  }
  if (json !== undefined) await saveJson(json, toReport(results));
}

export async function saveJson(path: string, value: object): Promise<void> {
  await writeFiles([{ path, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) }]);
}

/** What figures were made with. */
export function describeEnvironment() {
  return {
    lanewise: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? "unknown",
  };
}

function toReport({ options, data, run, test }: Results): object {
  const { help: _, quiet: __, report: ___, patience = null, out = null, json = null, ...config } = options;
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
    environment: describeEnvironment(),
  };
}

/** Makes it. @throws LanewiseError where nothing can be written in it. */
export async function prepareDirectory(path: string): Promise<void> {
  await makeDirectory(path);
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new LanewiseError(`cannot write to directory ${path}: it is not writable`, { cause });
  }
}
