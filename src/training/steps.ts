/** Long work in steps, between which others may have their turn. */
import { yieldOnBudget } from "./turns.js";

export type Steps<T> = Generator<unknown, T>;

/** All of them at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Work that lets others have their turn, until one of them needs it done. */
export interface Work<T> {
  readonly result: Promise<T>;
  /** Does what is left at once. */
  finish(): void;
}

/**
 * Begins at once.
 *
 * @param pause Called behind each step but the last. It returns a promise to wait for when it is time for others.
 * @param end Called with the last step, before anyone else can have a turn.
 */
export function startWork<T>(
  steps: Steps<T>,
  pause: () => Promise<void> | undefined = yieldOnBudget(),
  end: (result: T) => T = (result) => result,
): Work<T> {
  let isDone = false;
  let finish = (): void => undefined;
  const result = new Promise<T>((resolve, reject) => {
    const proceed = (pause: () => Promise<void> | undefined): void => {
      try {
        let turn: Promise<void> | undefined;
        while (!isDone && !turn) {
          const step = steps.next();
          isDone = step.done === true;
          if (step.done) resolve(end(step.value));
          else turn = pause();
        }
        turn?.then(() => proceed(pause), reject);
      } catch (error) {
        isDone = true;
        reject(error);
      }
    };
    finish = () => proceed(() => undefined);
    proceed(pause);
  });
  return { result, finish };
}
