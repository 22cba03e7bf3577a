/** Dropout of dense rows: y with the mask that backward multiplies by. A value stays where its uniform number reaches the rate. */
import { add, divide, multiply, round, subtract } from "./float.js";
import { randomBits, type Stream, unitInterval } from "./random.js";

export interface Dropped {
  readonly y: Float32Array;
  readonly mask: Float32Array;
}

export function dropoutForward(x: Float32Array, width: number, rate: number, stream: Stream): Dropped {
  const factor = divide(1, subtract(1, round(rate)));
  const mask = keep(x, width, rate, stream).map((kept) => (kept ? factor : 0));
  return { mask, y: x.map((value, i) => multiply(mask[i] as number, value)) };
}

/** y = a · (kept ? x : alphaPrime) + b. */
export function alphaDropoutForward(
  x: Float32Array,
  width: number,
  rate: number,
  alphaPrime: number,
  a: number,
  b: number,
  stream: Stream,
): Dropped {
  const kept = keep(x, width, rate, stream);
  return {
    mask: kept.map((k) => (k ? a : 0)),
    y: x.map((value, i) => add(multiply(round(a), kept[i] ? value : round(alphaPrime)), round(b))),
  };
}

/** Column j of row i is decided by word j of the stream's row i. */
function keep(x: Float32Array, width: number, rate: number, stream: Stream): Float32Array {
  const kept = new Float32Array(x.length);
  for (let row = 0; row * width < x.length; row++) {
    const words = randomBits({ ...stream, row }, width);
    words.forEach((word, column) => {
      kept[row * width + column] = unitInterval(word) >= round(rate) ? 1 : 0;
    });
  }
  return kept;
}
