/** Weights as small integers, as TensorFlow.js's converter writes them: value = scale · integer + min. */
import type { ModelArtifacts } from "lanewise";

/** So few that they take half the room when packed, and so many that accuracy stays. */
const LEVELS = 40;

/** Matrices become bytes; vectors, such as biases, stay as they are. */
export function quantize(weightSpecs: ModelArtifacts["weightSpecs"], weightData: ArrayBuffer) {
  let offset = 0;
  const parts = weightSpecs.map((spec) => {
    const size = spec.shape.reduce((product, dimension) => product * dimension, 1);
    const values = new Float32Array(weightData, offset, size);
    offset += values.byteLength;
    if (spec.shape.length < 2) return { spec, bytes: new Uint8Array(values.buffer, values.byteOffset, size * 4) };
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    // An even number of steps, so that zero is one of the values
    const scale = largest / (LEVELS / 2);
    const bytes = Uint8Array.from(values, (value) => Math.round(value / scale) + LEVELS / 2);
    return { spec: { ...spec, quantization: { dtype: "uint8", scale, min: -largest } }, bytes };
  });
  return { weightSpecs: parts.map(({ spec }) => spec), bytes: Buffer.concat(parts.map(({ bytes }) => bytes)) };
}
