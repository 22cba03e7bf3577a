/** A machine that computes runs of a study that another one leads. */
import { setTimeout } from "node:timers/promises";
import type { Redis } from "ioredis";
import { LanewiseError } from "../errors.js";
import type { Executor } from "./executor.js";
import { differences, type Identity } from "./identity.js";
import { importPeer } from "./peers.js";
import { connect, type Meeting, queueName, readAnnouncement } from "./redis.js";
import type { Job, Outcome } from "./run.js";

/** Milliseconds between two looks at whether there is a study. */
const PAUSE = 500;
/** A run may be lost with so many machines before the study fails. */
const MOST_LOSSES = 20;

export interface Helper {
  readonly redis: Redis;
  readonly meeting: Meeting;
  /** Of the study that this machine may help with. */
  readonly identity: Identity;
}

/** @param here What this machine has. @throws LanewiseError when the study is of another version, or other data. */
export async function findStudy(
  meeting: Meeting,
  here: Pick<Identity, "version" | "images" | "labels">,
  stop: AbortSignal,
): Promise<Helper | undefined> {
  const redis = await connect(meeting);
  while (!stop.aborted) {
    const found = await readAnnouncement(redis, meeting);
    if (found && !found.ended) {
      const { identity } = found;
      const wrong = differences({ ...identity, ...here }, identity);
      if (wrong.length === 0) return { redis, meeting, identity };
      redis.disconnect();
      throw new LanewiseError(`this machine may not help with the study ${meeting.name} (${wrong.join("; ")})`);
    }
    await setTimeout(PAUSE, undefined, { signal: stop }).catch(() => undefined);
  }
  redis.disconnect();
  return undefined;
}

/**
 * Computes runs until the study has ended, or it is stopped: then those that are running go back.
 *
 * @returns How many runs it has computed.
 */
export async function help(
  { redis, meeting, identity }: Helper,
  executor: Executor,
  stop: AbortSignal,
  onRun: (job: Job, outcome: Outcome) => void,
): Promise<number> {
  const { Worker, WaitingError } = await importPeer("bullmq", () => import("bullmq"));
  let runs = 0;
  const connection = redis.duplicate();
  const milliseconds = meeting.lease * 1000;
  const worker = new Worker<Job, Outcome>(
    queueName(meeting, identity),
    async (job, token) => {
      try {
        const outcome = await executor.run(job.data);
        runs++;
        onRun(job.data, outcome);
        return outcome;
      } catch (error) {
        if (!stop.aborted) throw error;
        await job.moveToWait(token);
        throw new WaitingError();
      }
    },
    {
      connection,
      concurrency: executor.lanes,
      lockDuration: milliseconds,
      stalledInterval: milliseconds,
      maxStalledCount: MOST_LOSSES,
    },
  );
  // A connection that is lost comes back; a run whose study was stopped is gone
  worker.on("error", () => undefined);
  connection.on("error", () => undefined);
  while (!stop.aborted) {
    const found = await readAnnouncement(redis, meeting).catch(() => undefined);
    if (found && (found.ended || differences(identity, found.identity).length > 0)) break;
    await setTimeout(PAUSE, undefined, { signal: stop }).catch(() => undefined);
  }
  await executor.close();
  await worker.close();
  connection.disconnect();
  redis.disconnect();
  return runs;
}
