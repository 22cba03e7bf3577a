/** Folds for cross-validation that keep the mix of classes. */
import { type ArrayInput, describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { checkSeed, FOLD_STREAM, shuffle } from "../random.js";
import { groupByClass } from "./labels.js";

export interface StratifiedKFoldOptions {
  /** The number of folds, at least 2. Defaults to 5. */
  readonly folds?: number;
  /** An integer from 0 to 2^53 - 1. The same seed gives the same folds. Defaults to 0. */
  readonly seed?: number;
}

/** Row numbers, ascending. */
export interface Fold {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Splits samples at random into folds. Every sample is in `validation` of one fold and in `train` of all others:
 *
 *     for (const { train, validation } of stratifiedKFold(y)) {
 *       await model.fit(take(x, train), take(y, train));
 *       await model.evaluate(take(x, validation), take(y, validation));
 *     }
 *
 * The folds' sizes differ by at most one, and so do the numbers of samples of each class.
 *
 * @param y Labels of shape [n] or [n, 1], any numbers, or one-hot rows [n, k].
 * @throws TypeError when y is no array, the seed no number or an option is not known; ShapeError when y has another shape.
 * @throws RangeError when folds is no integer from 2 up, when a class has fewer samples than there are folds, and for
 *   seeds out of range, empty labels and rows that are not one-hot.
 */
export function stratifiedKFold(y: ArrayInput, options: StratifiedKFoldOptions = {}): Fold[] {
  const where = "stratifiedKFold";
  checkOptions(options, ["folds", "seed"], where);
  const { folds = 5 } = options;
  if (!Number.isSafeInteger(folds) || folds < 2) {
    throw new RangeError(`${where}: folds: expected an integer from 2 up, got ${describe(folds)}`);
  }
  const seed = checkSeed(options.seed ?? 0, `${where}: seed`);
  const classes = groupByClass(y, `${where}: y`);
  if (classes.length === 0) throw new RangeError(`${where}: expected at least one sample, got none`);
  for (const { name, rows } of classes) {
    if (rows.length < folds) {
      throw new RangeError(`${where}: ${name} has too few samples (${rows.length}) for ${folds} folds`);
    }
  }

  // Dealt like cards, class after class without a new start: that balances the classes and the sizes at once.
  const dealt = classes.flatMap(({ rows }, c) => shuffle(rows, seed, FOLD_STREAM + c));
  return Array.from({ length: folds }, (_, fold) => ({
    train: Uint32Array.from(dealt.filter((_, i) => i % folds !== fold)).sort(),
    validation: Uint32Array.from(dealt.filter((_, i) => i % folds === fold)).sort(),
  }));
}
