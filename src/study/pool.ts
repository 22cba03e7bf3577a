/** Runs in threads: one for each core, all of them reading the same memory. */
import type { NDArray, TypedArray } from "../arrays.js";
import type { Executor } from "./executor.js";
import { importPeer } from "./peers.js";
import type { Outcome, StudyData } from "./run.js";

/** @throws LanewiseError when the package tinypool is not there. */
export async function startPool(workers: number, data: StudyData): Promise<Executor> {
  const { Tinypool } = await importPeer("tinypool", () => import("tinypool"));
  const pool = new Tinypool({
    // It is beside the bundle that this is part of
    filename: new URL("./study-worker.js", import.meta.url).href,
    name: "work",
    minThreads: workers,
    maxThreads: workers,
    isolateWorkers: false,
    workerData: shareData(data),
  });
  return {
    lanes: workers,
    about: workers === 1 ? "1 core" : `${workers} cores`,
    run: (job): Promise<Outcome> => pool.run(job),
    close: () => pool.destroy(),
  };
}

/** The same data in memory that threads share: handing it to one copies nothing. */
export function shareData(data: StudyData): StudyData {
  return { ...data, images: shareArray(data.images), labels: shareArray(data.labels) };
}

function shareArray<T extends TypedArray>(array: NDArray<T>): NDArray<T> {
  const { data } = array;
  const Constructor = data.constructor as new (buffer: SharedArrayBuffer) => T;
  const shared = new Constructor(new SharedArrayBuffer(data.byteLength));
  shared.set(data);
  return { ...array, data: shared };
}
