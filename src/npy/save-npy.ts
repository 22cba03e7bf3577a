/**
 * Writing NumPy's .npy files, format version 1.0:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * The header is not left to npyjs's `dump`: it aligns the data to 8 bytes where the format asks for 64, and writes the
 * dtype `|b1` as `<b1`.
 */
import { type ArrayInput, describe, type TypedArray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import { writeFiles } from "../files/write.js";

/** NumPy's own limit (since 2.0; 32 before). It also keeps every header far below the 65535 bytes of version 1.0. */
export const MAX_DIMENSIONS = 64;

const DESCRIPTIONS: Readonly<Record<TypedArray[typeof Symbol.toStringTag], string>> = {
  Float32Array: "<f4",
  Float64Array: "<f8",
  Int8Array: "|i1",
  Int16Array: "<i2",
  Int32Array: "<i4",
  Uint8Array: "|u1",
  Uint8ClampedArray: "|u1",
  Uint16Array: "<u2",
  Uint32Array: "<u4",
};

/**
 * Writes an array to a .npy file that `numpy.load` reads. For dtypes and shapes see `encodeNpy`.
 *
 * The file is written under a temporary name and renamed when complete: a failure leaves an old file as it was.
 *
 * @param target A path or a `file:` URL. Its directory must exist.
 * @throws TypeError when `array` is no array of numbers, or `target` no path or URL.
 * @throws ShapeError when the array's shape does not fit its data, or has more than 64 dimensions.
 * @throws LanewiseError when the file cannot be written; the message names it and the reason.
 */
export async function saveNpy(target: string | URL, array: ArrayInput): Promise<void> {
  if (typeof target !== "string" && !((target as unknown) instanceof URL)) {
    throw new TypeError(`saveNpy: expected a path or a file: URL, got ${describe(target)}`);
  }
  await writeFiles([{ path: target, bytes: encodeNpy(array) }]);
}

/**
 * The bytes of a .npy file with the array in C order, little-endian.
 *
 * The dtype follows the typed array: a Float32Array becomes `<f4`, a Uint8Array `|u1` and so on. An NDArray of dtype
 * `bool` becomes `|b1`; nested numbers become `<f4`. The shape `[]` is a scalar.
 *
 * @throws TypeError when the input is no array of numbers.
 * @throws ShapeError when its shape does not fit its data, or has more than 64 dimensions.
 */
export function encodeNpy(array: ArrayInput): Uint8Array<ArrayBuffer> {
  const { data, shape, dtype } = toNDArray(array, "encodeNpy");
  if (shape.length > MAX_DIMENSIONS) {
    throw new ShapeError(`encodeNpy: NumPy arrays have at most ${MAX_DIMENSIONS} dimensions, got ${shape.length}`);
  }
  if (dtype === "bool") {
    return joinNpy(
      "|b1",
      shape,
      Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)),
    );
  }
  const description: string | undefined = DESCRIPTIONS[data[Symbol.toStringTag]];
  if (!description) throw new TypeError(`encodeNpy: no dtype for ${describe(data)}`);
  return joinNpy(description, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * A header of version 1.0 and the data behind it:
 *
 *     \x93NUMPY | 1 0 | u16 length of the rest | {'descr': '<f4', ...} and spaces | \n | data
 *     0           6     8                        10                                    a multiple of 64
 */
export function joinNpy(description: string, shape: readonly number[], data: Uint8Array): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${description}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataOffset = Math.ceil((10 + dictionary.length + 1) / 64) * 64;

  const file = new Uint8Array(dataOffset + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(file.buffer).setUint16(8, dataOffset - 10, true);
  new TextEncoder().encodeInto(`${dictionary.padEnd(dataOffset - 11)}\n`, file.subarray(10));
  file.set(data, dataOffset);
  return file;
}
