/** Named sets of flags for `lanewise train`. */

/** Flags as they would be typed; those of the command line come behind them, and count. */
export const recipes: Readonly<Record<string, readonly string[]>> = {
  /** For a few thousand small images: new ones made of them in each epoch, and a long training that ends gently. */
  best: [
    ...["--layers", "800,800", "--activation", "relu", "--normalization", "batch", "--dropout", "0.1"],
    ...["--augmentation", "affine", "--optimizer", "adamw", "--learning-rate", "0.01", "--schedule", "oneCycle"],
    ...["--weight-decay", "0.02", "--label-smoothing", "0.05", "--batch-size", "64", "--epochs", "160"],
  ],
};
