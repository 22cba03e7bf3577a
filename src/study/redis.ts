/** Redis: where the machines of a study meet. */
import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { LanewiseError } from "../errors.js";
import { differences, type Identity } from "./identity.js";
import { jobKey } from "./journal.js";
import { importPeer } from "./peers.js";
import type { Job } from "./run.js";

/** Where a study is, under which name, and how long a machine may be silent before its runs are given to others. */
export interface Meeting {
  readonly url: string;
  readonly name: string;
  /** In seconds. */
  readonly lease: number;
}

/** What the machine that leads a study tells the others. */
export interface Announcement {
  readonly identity: Identity;
  /** True when there is nothing left to do. */
  readonly ended: boolean;
}

/** For how long others may read that a study has ended, in seconds. */
const MEMORY = 300;

/** @throws LanewiseError when the package ioredis is not there, or nobody answers. */
export async function connect({ url }: Meeting): Promise<Redis> {
  const { Redis } = await importPeer("ioredis", () => import("ioredis"));
  let isNew = true;
  const redis = new Redis(url, {
    lazyConnect: true,
    // As BullMQ wants it: it waits for a server that comes back
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isNew ? null : Math.min(times * 200, 2000)),
  });
  // Without a listener every lost connection is printed; those that matter come with a command
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw new LanewiseError(`cannot reach ${withoutPassword(url)}: ${(error as Error).message}`, { cause: error });
  }
  isNew = false;
  return redis;
}

/** Each study has a queue of its own: a machine with other data or another version does not even see its runs. */
export function queueName({ name }: Meeting, identity: Identity): string {
  return `lanewise-${name}-${digest(JSON.stringify(identity)).slice(0, 16)}`;
}

/** The same name for the same job: it is in the queue once. */
export function jobName(job: Job): string {
  return digest(jobKey(job)).slice(0, 32);
}

/** @throws LanewiseError when another study is under way by that name. */
export async function announce(redis: Redis, meeting: Meeting, identity: Identity): Promise<void> {
  const found = await readAnnouncement(redis, meeting);
  if (found && !found.ended && differences(identity, found.identity).length > 0) {
    throw new LanewiseError(
      `another study is under way by the name ${meeting.name}; expected another --name for this one`,
    );
  }
  await renew(redis, meeting, identity);
}

/** To be repeated within the lease. */
export async function renew(redis: Redis, meeting: Meeting, identity: Identity): Promise<void> {
  await write(redis, meeting, { identity, ended: false }, Math.ceil(meeting.lease * 3));
}

export async function announceEnd(redis: Redis, meeting: Meeting, identity: Identity): Promise<void> {
  await write(redis, meeting, { identity, ended: true }, MEMORY);
}

export async function readAnnouncement(redis: Redis, meeting: Meeting): Promise<Announcement | undefined> {
  const text = await redis.get(keyOf(meeting));
  return text === null ? undefined : (JSON.parse(text) as Announcement);
}

async function write(redis: Redis, meeting: Meeting, announcement: Announcement, seconds: number): Promise<void> {
  await redis.set(keyOf(meeting), JSON.stringify(announcement), "EX", seconds);
}

function keyOf({ name }: Meeting): string {
  return `lanewise-study:${name}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** As it may stand on a screen. */
function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//");
}
