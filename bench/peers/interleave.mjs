/** Contenders are peers with a request each; those that fail keep the reason in `failure` and drop out. */
import { Session } from "./session.mjs";

/** Starts them one after another. Those whose library cannot do the request are left out. */
export async function open(contenders) {
  for (const contender of contenders) {
    contender.samples = [];
    contender.session = new Session(contender.peer);
    const answer = await ask(contender, "prepare", contender.request);
    if (answer?.unsupported) contender.unsupported = true;
    else contender.versions = answer?.versions;
  }
  return contenders.filter(({ unsupported, session }) => !unsupported || session.close());
}

export async function ask(contender, command, message) {
  if (contender.failure) return;
  try {
    return await contender.session.ask(command, message);
  } catch (error) {
    fail(contender, error.message);
  }
}

export function fail(contender, reason) {
  contender.failure = reason;
  contender.session.close();
  console.error(`${contender.name}: ${reason}`);
}

/** How long each runs before it is timed, in milliseconds: engines compile what is hot a second time, and better. */
const WARM_UP = 2000;

/** A B A B …: one repetition of each in every round, all of them warm. */
export async function interleave(contenders, repetitions) {
  for (const contender of contenders) {
    const begin = performance.now();
    do await ask(contender, "go");
    while (performance.now() - begin < WARM_UP && !contender.failure);
  }
  for (let round = 0; round < repetitions; round++) {
    for (const contender of contenders) {
      const sample = await ask(contender, "go");
      if (sample) contender.samples.push(sample);
    }
    process.stderr.write(".");
  }
  process.stderr.write("\n");
}

/** Ends the processes, and returns what is to be kept. */
export function close(contenders) {
  return contenders.map(({ session, request, unsupported, ...result }) => {
    session.close();
    return result;
  });
}
