/** A thread of the pool: it has the study's data before it, and computes one run after the other. */
import { Tinypool } from "tinypool";
import { type Job, type Outcome, run, type StudyData } from "./run.js";

const data: StudyData = Tinypool.workerData;

export function work(job: Job): Promise<Outcome> {
  return run(job, data);
}
