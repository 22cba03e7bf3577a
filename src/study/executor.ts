/** Where runs are computed: here, or in threads, or on other machines. */
import { type Job, type Outcome, run, type StudyData } from "./run.js";

export interface Executor {
  /** How many jobs to hand over at a time. */
  readonly lanes: number;
  /** What it is, in words. */
  readonly about: string;
  /** @throws What stands in the way of the job; and whatever stops the executor. */
  run(job: Job): Promise<Outcome>;
  /** Drops what is running. */
  close(): Promise<void>;
}

/** One run at a time, in this thread. */
export function runHere(data: StudyData): Executor {
  const controller = new AbortController();
  return {
    lanes: 1,
    about: "1 core",
    run: (job) => run(job, data, controller.signal),
    async close() {
      controller.abort();
    },
  };
}
