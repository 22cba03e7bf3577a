/** Ctrl-C and its kind: the first asks for an end, the second is one. */

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof EXIT_CODES;

/** npm hands a Ctrl-C on to a program that has had it from the terminal: within this time, in ms, two are one. */
const SAME_KEYPRESS = 250;

/**
 * From now on the first SIGINT or SIGTERM aborts the signal that is returned, with its name as the reason. The next one
 * ends the program at once.
 *
 * @param leave Called before the program ends at once.
 */
export function listenForStop(leave: () => void): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of Object.keys(EXIT_CODES) as StopSignal[]) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        controller.abort(name);
      } else if (performance.now() - first > SAME_KEYPRESS) {
        leave();
        process.exit(EXIT_CODES[name]);
      }
    });
  }
  return controller.signal;
}

/** A signal that comes while the work is being done waits until it is done. @returns the exit code. */
export async function finishBeforeStop(work: () => Promise<void>): Promise<number> {
  const stop = listenForStop(() => {});
  await work();
  return exitCodeOf(stop);
}

/** The exit code of a program that a signal ended: 128 and the signal's number. */
export function exitCodeOf(signal: AbortSignal): number {
  return signal.aborted ? EXIT_CODES[signal.reason as StopSignal] : 0;
}
