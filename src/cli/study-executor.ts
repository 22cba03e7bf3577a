/** Where this machine computes runs. */
import { LanewiseError } from "../errors.js";
import { type Executor, runHere } from "../study/executor.js";
import type { StudyData } from "../study/run.js";

/** Threads for more than one worker. Without the package for it, one core has to do. */
export async function startLocalExecutor(
  workers: number,
  data: StudyData,
  print: (line: string) => void,
): Promise<Executor> {
  if (workers === 1) return runHere(data);
  try {
    const { startPool } = await import("../study/pool.js");
    return await startPool(workers, data);
  } catch (error) {
    if (!(error instanceof LanewiseError)) throw error;
    print("Running on one core: more of them take the package tinypool (npm install tinypool).");
    return runHere(data);
  }
}
