import { createHash } from "node:crypto";
import type { NDArray } from "../../src/arrays.js";

/** sha256 of the weights as little-endian float32, in hexadecimal. */
export function digest(weights: readonly NDArray<Float32Array>[]): string {
  const hash = createHash("sha256");
  for (const { data } of weights) {
    const bytes = new DataView(new ArrayBuffer(data.length * 4));
    data.forEach((value, i) => {
      bytes.setFloat32(i * 4, value, true);
    });
    hash.update(new Uint8Array(bytes.buffer));
  }
  return hash.digest("hex");
}
