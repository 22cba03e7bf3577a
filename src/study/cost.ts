/** What a network costs, before anything is measured. */
import type { Configuration } from "./configuration.js";

/** Multiplications from one sample to its classes, zeros included. The usual sizes stand for what is not given. */
export function multiplications({ layers }: Configuration, inputs = 784, classes = 10): number {
  let width = inputs;
  let sum = 0;
  for (const units of [...layers, classes]) {
    sum += width * units;
    width = units;
  }
  return sum;
}
