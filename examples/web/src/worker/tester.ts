/** Asks a model: about one drawing, or about all digits of the test part. */
import { upload } from "lanewise/browser";
import { type ModelArtifacts, type NDArray, ndarray, Sequential } from "lanewise/lean";
import type { Digits } from "../digits/digits.js";
import { CLASSES, type Parts, PIXELS, splitDigits } from "./parts.js";
import type { ModelInfo, TestResult } from "./protocol.js";

export function makeTester() {
  let model: Sequential | undefined;
  let digits: Digits | undefined;
  let parts: Parts | undefined;

  function opened(): Sequential {
    if (!model) throw new Error("no model has been opened");
    return model;
  }

  return {
    setDigits(next: Digits): void {
      digits = next;
      parts = undefined;
    },

    async open(artifacts: ModelArtifacts): Promise<ModelInfo> {
      const next = await Sequential.load(artifacts);
      const { shape } = await next.predict(fit(next, new Float32Array(PIXELS)));
      if (shape.length !== 2 || shape[1] !== CLASSES) {
        throw new Error(`the model must give ${CLASSES} numbers for a digit, but its output is [${shape.slice(1)}]`);
      }
      model?.dispose();
      model = next;
      return describe(next);
    },

    /** From the files of a saved model to the model in memory. */
    async readModel(files: readonly File[]): Promise<ModelArtifacts> {
      return (await Sequential.load(upload(files))).toArtifacts();
    },

    async predict(pixels: Float32Array): Promise<Float32Array> {
      const { data } = await opened().predict(fit(opened(), pixels));
      return data;
    },

    async test(): Promise<TestResult> {
      if (!digits) throw new Error("there are no digits yet");
      parts ??= splitDigits(digits);
      const { indices, x, y } = parts.test;
      const { data: probabilities } = await opened().predict(fit(opened(), x.data));
      const hits = indices.reduce(
        (count, _, row) => count + (y.data[row * CLASSES + best(probabilities, row)] ?? 0),
        0,
      );
      return { indices, probabilities, accuracy: hits / indices.length };
    },
  };
}

/** Images in the shape that the model takes them: [n, 784], or [n, 28, 28]. */
function fit(model: Sequential, data: Float32Array): NDArray {
  const shape = model.inputShape ?? [PIXELS];
  if (shape.reduce((product, size) => product * size, 1) !== PIXELS) {
    throw new Error(`the model must take ${PIXELS} pixels (28 × 28), but its input is [${shape}]`);
  }
  return ndarray(data, [data.length / PIXELS, ...shape]);
}

function best(probabilities: Float32Array, row: number): number {
  const scores = probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
  return scores.indexOf(Math.max(...scores));
}

function describe(model: Sequential): ModelInfo {
  const weights = model.getWeights();
  const dense = model.layers.filter(({ className }) => className === "Dense");
  const widths = dense.map(({ config }) => [config.units, nameOf(config.activation)].filter(Boolean).join(" "));
  const [first] = weights;
  return {
    layers: [PIXELS, ...widths].join(" → "),
    parameters: weights.reduce((sum, { data }) => sum + data.length, 0),
    filters: first?.shape.length === 2 && first.shape[0] === PIXELS ? columns(first) : undefined,
  };
}

/** An activation's name; nothing for linear, which does nothing. */
function nameOf(activation: unknown): string {
  const name = typeof activation === "string" ? activation : "";
  return name === "linear" ? "" : name.replace("_", " ");
}

function columns({ data, shape: [rows = 0, count = 0] }: NDArray<Float32Array>): Float32Array[] {
  return Array.from({ length: count }, (_, column) =>
    Float32Array.from({ length: rows }, (_, row) => data[row * count + column] as number),
  );
}
