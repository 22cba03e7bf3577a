import { activationKernels } from "../wasm/parts/activations.js";
import type { ActivationParts } from "./define-activation.js";

/** The functions of assembly/activations/transcendental.ts, by their numbers there. */
const NUMBERS = {
  exponential: 0,
  softplus: 1,
  silu: 2,
  mish: 3,
  gelu: 4,
  geluTanh: 5,
  tanhShrink: 6,
  celu: 7,
} as const;

/** What alpha is, stands with each function's formula there; the others want 1. */
export function transcendental(kind: keyof typeof NUMBERS, alpha = 1): Omit<ActivationParts, "config"> {
  const number = NUMBERS[kind];
  return {
    derivativeFrom: "x",
    forward: (kernels, y, x, { rows, stride }) =>
      activationKernels(kernels).transcendentalForward(y, x, number, alpha, rows * stride),
    backward: (kernels, dX, dY, x, { rows, stride }) => {
      activationKernels(kernels).transcendentalBackward(dX, dY, x, number, alpha, rows * stride);
    },
  };
}
