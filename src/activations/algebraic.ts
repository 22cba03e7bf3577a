import type { ActivationParts } from "./define-activation.js";

/** The functions of assembly/activations/algebraic.ts, by their numbers there. */
const NUMBERS = {
  threshold: 0,
  leaky: 1,
  hardSigmoid: 2,
  hardSilu: 3,
  hardShrink: 4,
  softShrink: 5,
  softsign: 6,
  squareplus: 7,
  sparsePlus: 8,
} as const;

/** What the parameters a to d are, stands with each function's formula there. */
export function algebraic(kind: keyof typeof NUMBERS, a = 0, b = 0, c = 0, d = 0): Omit<ActivationParts, "config"> {
  const number = NUMBERS[kind];
  return {
    derivativeFrom: "x",
    forward: (kernels, y, x, { rows, stride }) => kernels.algebraicForward(y, x, number, a, b, c, d, rows * stride),
    backward: (kernels, dX, dY, x, { rows, stride }) => {
      kernels.algebraicBackward(dX, dY, x, number, a, b, c, d, rows * stride);
    },
  };
}
