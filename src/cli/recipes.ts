/** Named sets of flags for `lanewise train`. */

/** Flags as they would be typed; those of the command line come behind them, and count. */
export const recipes: Readonly<Record<string, readonly string[]>> = {
  /** For a few thousand small images: strong augmentation, and a long training that ends gently. */
  best: [
    ...["--layers", "1024,512", "--activation", "relu", "--normalization", "batch", "--dropout", "0.25"],
    ...["--augmentation", "both", "--optimizer", "adam", "--learning-rate", "0.003", "--schedule", "oneCycle"],
    ...["--batch-size", "64", "--epochs", "160"],
  ],
};
