/** ONNX Runtime, native, one thread. It predicts only. */
import { createRequire } from "node:module";
import { encodeModel } from "../onnx-model.mjs";

const require = createRequire(import.meta.url);
const { InferenceSession, Tensor } = require("onnxruntime-node");

export function versions() {
  return { "onnxruntime-node": require("onnxruntime-node/package.json").version };
}

export async function createModel({ widths, activation }, weights = zeros(widths)) {
  const session = await InferenceSession.create(encodeModel(widths, activation, weights), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  return {
    async predict(data, rows) {
      const { y } = await session.run({ x: new Tensor("float32", data, [rows, widths[0]]) });
      return y.data;
    },
  };
}

function zeros(widths) {
  return widths.slice(1).flatMap((units, i) => [new Float32Array(widths[i] * units), new Float32Array(units)]);
}
