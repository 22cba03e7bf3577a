/** Raw little-endian files, as data.mjs describes them. */
import { closeSync, openSync, readSync } from "node:fs";

const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };

export function read({ path, type, length, offset = 0 }) {
  const data = new arrays[type](length);
  const file = openSync(path);
  readSync(file, data, 0, data.byteLength, offset);
  closeSync(file);
  return data;
}
