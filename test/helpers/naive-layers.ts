/** Layers as the naive network knows them: what they make of a batch, and what the gradient of that makes of them. */
import * as reference from "../reference.js";

export interface NaiveDense {
  readonly units: number;
  readonly activation: keyof typeof activations;
  readonly useBias?: boolean;
}

export interface NaiveDropout {
  readonly dropped: "dropout" | "alphaDropout";
  readonly rate: number;
}

export type NaiveLayer = NaiveDense | NaiveDropout;
export type Stream = Parameters<typeof reference.dropoutForward>[3];

interface NaiveActivation {
  forward(x: Float32Array, rows: number, width: number): Float32Array;
  backward(dY: Float32Array, y: Float32Array, rows: number, width: number): Float32Array;
}

/** Losses of the rows, and the gradient of what the fused activation takes. */
type NaiveLoss = (
  z: reference.Matrix,
  y: reference.Matrix,
  scale: number,
  rows: number,
  width: number,
) => { readonly losses: Float32Array; readonly gradient: Float32Array };

const ALPHA_PRIME = -1.6732632423543772 * 1.0507009873554805;

export const activations = {
  elu: exponentialLinear(1, 1),
  linear: { forward: (x) => x, backward: (dY) => dY },
  relu: { forward: reference.reluForward, backward: reference.reluBackward },
  selu: exponentialLinear(1.6732632423543772, 1.0507009873554805),
  sigmoid: { forward: reference.sigmoidForward, backward: reference.sigmoidBackward },
  softmax: {
    forward: (x, rows, width) => reference.softmaxForward({ data: x, stride: width }, rows, width),
    backward: (dY, y, rows, width) =>
      reference.softmaxBackward({ data: dY, stride: width }, { data: y, stride: width }, rows, width),
  },
  tanh: { forward: reference.tanhForward, backward: reference.tanhBackward },
} satisfies Record<string, NaiveActivation>;

/** The loss that goes with the last layer's activation, joined with it. */
export const losses = {
  linear: (z, y, scale, rows, width) => ({
    losses: reference.meanSquaredErrorForward(z, y, rows, width),
    gradient: reference.meanSquaredErrorBackward(z, y, scale, rows, width),
  }),
  sigmoid(z, y, scale, rows, width) {
    const { loss, p } = reference.sigmoidCrossentropyForward(z, y, rows, width);
    const probabilities = { data: p, stride: width };
    return { losses: loss, gradient: reference.sigmoidCrossentropyBackward(probabilities, y, scale, rows, width) };
  },
  softmax(z, y, scale, rows, width) {
    const { loss, p } = reference.softmaxCrossentropyForward(z, y, rows, width);
    const probabilities = { data: p, stride: width };
    return { losses: loss, gradient: reference.softmaxCrossentropyBackward(probabilities, y, scale, rows, width) };
  },
} satisfies Record<string, NaiveLoss>;

export function drop({ dropped, rate }: NaiveDropout, x: Float32Array, rows: number, stream: Stream) {
  const width = x.length / rows;
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME * ALPHA_PRIME));
  return dropped === "dropout"
    ? reference.dropoutForward(x, width, rate, stream)
    : reference.alphaDropoutForward(x, width, rate, ALPHA_PRIME, a, -a * ALPHA_PRIME * rate, stream);
}

function exponentialLinear(alpha: number, scale: number): NaiveActivation {
  return {
    forward: (x) => reference.eluForward(x, alpha, scale),
    backward: (dY, y) => reference.eluBackward(dY, y, alpha, scale),
  };
}
