/** The machine that leads a study over many: it puts runs into a queue, and takes what comes back. */
import type { Executor } from "./executor.js";
import type { Identity } from "./identity.js";
import { importPeer } from "./peers.js";
import { announce, announceEnd, connect, jobName, type Meeting, queueName, renew } from "./redis.js";
import type { Job, Outcome } from "./run.js";

/** Enough that no machine has to wait for the next job. */
const AHEAD = 512;
/** How often a run is tried that fails, on whatever machine. */
const ATTEMPTS = 3;

/** @throws LanewiseError when a package is not there, nobody answers, or another study goes by that name. */
export async function startQueue(meeting: Meeting, identity: Identity): Promise<Executor> {
  const { Queue, QueueEvents } = await importPeer("bullmq", () => import("bullmq"));
  const redis = await connect(meeting);
  try {
    await announce(redis, meeting, identity);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const name = queueName(meeting, identity);
  const queue = new Queue<Job, Outcome>(name, { connection: redis });
  const eventsConnection = redis.duplicate();
  const events = new QueueEvents(name, { connection: eventsConnection });
  // One for each job that is waited for
  events.setMaxListeners(0);
  queue.setMaxListeners(0);
  events.on("error", () => undefined);
  queue.on("error", () => undefined);
  eventsConnection.on("error", () => undefined);
  await events.waitUntilReady();
  // What failed for the one that led before may be tried again
  for (const failed of await queue.getFailed()) await failed.remove();
  const timer = setInterval(() => renew(redis, meeting, identity).catch(() => undefined), (meeting.lease * 1000) / 2);

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await announceEnd(redis, meeting, identity);
    await queue.obliterate({ force: true });
    await Promise.all([events.close(), queue.close()]);
    eventsConnection.disconnect();
    redis.disconnect();
  };
  let giveUp = (_: Error): void => {};
  const left = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  left.catch(() => undefined);
  return {
    lanes: AHEAD,
    about: "several machines",
    async run(job) {
      // A job that is in the queue already, or done, is not added again
      const queued = await queue.add("run", job, { jobId: jobName(job), attempts: ATTEMPTS });
      return Promise.race([queued.waitUntilFinished(events), left]);
    },
    close() {
      giveUp(new Error("the study was stopped"));
      closed ??= close();
      return closed;
    },
  };
}
