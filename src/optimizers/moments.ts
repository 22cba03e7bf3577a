/** What Adam and its relatives have in common. */
import { type CommonOptions, checkPositive, checkShare } from "./common.js";

export interface MomentsOptions extends CommonOptions {
  /** Decay of the mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of what measures their size, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. Moments of gradients under some 1e-15 count as 0, so that far smaller values make no sense. */
  readonly epsilon?: number;
}

export interface Moments {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The options with Keras's defaults. @throws TypeError, RangeError for what is out of range. */
export function checkMoments(options: MomentsOptions, where: string): Moments {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  checkShare(beta1, `${where}: beta1`);
  checkShare(beta2, `${where}: beta2`);
  checkPositive(epsilon, `${where}: epsilon`);
  return { beta1, beta2, epsilon };
}
