/** Where a run leaves its results: checked before it starts, so that no long run is lost at its end. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LanewiseError } from "../errors.js";
import { makeDirectory, writeFiles } from "../files/write.js";
import { version } from "../version.js";
import type { DataSummary } from "./data.js";
import type { MemberAccuracies, Members } from "./ensemble.js";
import type { TestResult } from "./test-result.js";
import type { TrainOptions } from "./train-options.js";

export interface Results {
  readonly options: TrainOptions;
  readonly data: DataSummary;
  readonly members: Members;
  /** Of an ensemble. */
  readonly accuracies: MemberAccuracies | undefined;
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

/**
 * Saves the model with its history to `out`, those of an ensemble to folders in it, and all figures to `json`, where they are
 * wanted.
 */
export async function saveOutputs(results: Results): Promise<void> {
  const { members } = results;
  const { out, json, ensemble } = results.options;
  if (out !== undefined) {
    for (const [index, { model, run }] of members.entries()) {
      const folder = ensemble === 1 ? out : join(out, `network-${index + 1}`);
      await model.save(folder);
      await saveJson(join(folder, "history.json"), run.history);
    }
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

function toReport({ options, data, members, accuracies, test }: Results): object {
  const { help: _, quiet: __, report: ___, patience = null, out = null, json = null, ...config } = options;
  const [{ run }] = members;
  const trained =
    accuracies === undefined
      ? run
      : {
          members: members.map((member, index) => ({
            seed: member.seed,
            ...member.run,
            accuracy: accuracies.each[index],
          })),
          accuracy: accuracies.together,
        };
  return {
    config: { ...config, patience, out, json },
    data,
    ...trained,
    test,
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
