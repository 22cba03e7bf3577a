/** The small model that most tests of the API use, with data that fits it. */
import { type CompileOptions, layers, oneHot, Sequential } from "../../src/index.js";
import { classNumbers, matrix } from "./data.js";

/** Six samples of four values. */
export const x = matrix(6, 4, 1);
/** Their classes, of three; and the same as one-hot rows. */
export const labels = classNumbers(6, 3, 2);
export const y = oneHot(labels, 3);

/** 4-5-3, compiled to learn from one-hot rows. */
export function makeClassifier(options: Partial<CompileOptions> & { readonly seed?: number } = {}): Sequential {
  const { seed = 1, ...compileOptions } = options;
  const model = new Sequential(
    [
      layers.dense({ units: 5, activation: "tanh", inputShape: [4] }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed },
  );
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"], ...compileOptions });
  return model;
}
