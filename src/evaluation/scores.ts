/** What a classification report tells. */

/** All in [0, 1]; where there is nothing to divide by: `zeroDivision`. */
export interface Averages {
  /** Of the samples predicted to be in the class, the fraction that is. */
  readonly precision: number;
  /** Of the samples in the class, the fraction that is predicted to be. */
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
}

export interface ClassScores extends Averages {
  readonly label: string;
  /** The number of samples in the class, or the sum of their weights. */
  readonly support: number;
}

export interface Scores {
  /** The fraction of samples whose class is predicted. */
  readonly accuracy: number;
  readonly perClass: readonly ClassScores[];
  /** The mean over the classes that occur in either argument. */
  readonly macro: Averages;
  /** The mean over the classes, weighted by support. */
  readonly weighted: Averages;
}
