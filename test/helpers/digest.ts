import type { NDArray } from "../../src/arrays.js";

/** sha256 of the weights as little-endian float32, in hexadecimal. */
export async function digest(weights: readonly NDArray<Float32Array>[]): Promise<string> {
  const values = weights.flatMap(({ data }) => [...data]);
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    bytes.setFloat32(i * 4, value, true);
  });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
