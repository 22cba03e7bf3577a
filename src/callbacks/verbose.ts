import { describe } from "../arrays.js";

export interface VerboseOptions {
  /** 1: says on the console what it does. Default 0. */
  readonly verbose?: 0 | 1;
}

/** Prints a text, if that is wanted. @throws TypeError when `verbose` is something else. */
export function announce(where: string, { verbose = 0 }: VerboseOptions): (text: string) => void {
  if (verbose !== 0 && verbose !== 1) {
    throw new TypeError(`${where}: verbose: expected 0 or 1, got ${describe(verbose)}`);
  }
  return (text) => {
    if (verbose === 1) console.log(text);
  };
}
