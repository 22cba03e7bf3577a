/**
 * Reading NumPy's .npy files:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * npyjs turns the bytes into a typed array. It believes every header and every length, so all checks stand here, and
 * npyjs is given a header that was written anew from what was checked.
 */
import { describe, describeShape, isTypedArray, type NDArray, ndarray, sizeOf, type TypedArray } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { FormatError, LanewiseError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { joinNpy, MAX_DIMENSIONS } from "./save-npy.js";

/** A path, a URL (`http:`, `https:` or `file:`; as a string too), a Blob or File, or the bytes of a file in memory. */
export type NpySource = string | URL | Blob | ArrayBufferLike | ArrayBufferView;

export interface LoadNpyOptions {
  /** The name in error messages. Default: the path or URL, the name of a File, else "array". */
  readonly name?: string;
}

/**
 * Reads an array from a .npy file (format versions 1, 2 and 3), in C order whatever the order in the file.
 *
 * | dtype in the file                          | data                                     | dtype of the result   |
 * | ------------------------------------------ | ---------------------------------------- | --------------------- |
 * | `i1 u1 i2 u2 i4 u4 f4 f8`, little-endian   | the typed array of that type             | `int8` ... `float64`  |
 * | `f2`                                       | Float32Array, exact                      | `float32`             |
 * | `b1`                                       | Uint8Array of 0 and 1                    | `bool`                |
 * | `i8 u8`                                    | Int32Array if all values fit, else       | `int32`, `uint32` or  |
 * |                                            | Uint32Array, else Float64Array           | `float64`             |
 *
 * The result has the shape in the file (`[]` for a scalar) and memory of its own.
 *
 * @throws TypeError when `source` is of another type, or an option is not known.
 * @throws LanewiseError when the source cannot be read.
 * @throws FormatError when it is not a .npy file, is cut short or too long, has a dtype that is not in the table, or a
 *   64-bit integer beyond 2^53 - 1. The message names the file and says what to do.
 */
export async function loadNpy(source: NpySource, options: LoadNpyOptions = {}): Promise<NDArray> {
  checkOptions(options, ["name"], "loadNpy");
  const name = options.name ?? nameOf(source);
  const bytes = bytesInMemory(source) ?? (await readSource(source as string | URL | Blob, name));
  const header = readHeader(bytes, name);
  checkLength(bytes, header, name);

  // npyjs would make a plain array of booleans of b1: it reads bytes instead.
  const isBool = header.code === "b1";
  const file = joinNpy(isBool ? "|u1" : `<${header.code}`, header.shape, bytes.subarray(header.dataOffset));
  const { parse } = await import("npyjs");
  const parsed: ArrayBufferView = parse(file.buffer).data;

  const values = isTypedArray(parsed) ? parsed.slice() : narrow(parsed as BigInt64Array | BigUint64Array, name);
  const data = header.fortranOrder ? toRowMajor(values, header.shape) : values;
  if (!isBool) return ndarray(data, header.shape);
  return { data: Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)), shape: header.shape, dtype: "bool" };
}

function nameOf(source: NpySource): string {
  if (typeof source === "string" || source instanceof URL) return `${source}`;
  const name = isBlob(source) ? (source as Partial<File>).name : undefined;
  return name || "array";
}

function isBlob(source: unknown): source is Blob {
  return typeof Blob !== "undefined" && source instanceof Blob;
}

function bytesInMemory(source: NpySource): Uint8Array | undefined {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  // The tag, as `instanceof` fails for buffers of another realm and SharedArrayBuffer is not defined everywhere.
  const tag = Object.prototype.toString.call(source);
  if (tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]") {
    return new Uint8Array(source as ArrayBufferLike);
  }
  return undefined;
}

async function readSource(source: string | URL | Blob, name: string): Promise<Uint8Array> {
  if (typeof source === "string" || source instanceof URL) return readBytes(source, name);
  if (!isBlob(source)) {
    throw new TypeError(
      `loadNpy: expected a path, a URL, a Blob, an ArrayBuffer or a typed array, got ${describe(source)}`,
    );
  }
  try {
    return new Uint8Array(await source.arrayBuffer());
  } catch (error) {
    throw new LanewiseError(`cannot read ${name}: ${(error as Error).message}`, { cause: error });
  }
}

interface Header {
  /** The dtype without its byte order: `f4`. */
  readonly code: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataOffset: number;
}

/** No array of numbers needs a longer header. It bounds the work on a file that lies about the length. */
const MAX_HEADER_LENGTH = 65535;

function readHeader(bytes: Uint8Array, name: string): Header {
  if (!startsWith(bytes, "\x93NUMPY")) throw new FormatError(`${name} ${otherFormat(bytes)}`);
  const major = bytes[6];
  const lengthBytes = major === 1 ? 2 : 4;
  if (bytes.length < 8 + lengthBytes) throw new FormatError(`${name}: cut short after ${bytes.length} bytes`);
  if (!(major === 1 || major === 2 || major === 3) || bytes[7] !== 0) {
    throw new FormatError(`${name}: expected .npy format version 1.0, 2.0 or 3.0, got ${major}.${bytes[7]}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = 8 + lengthBytes + length;
  if (length > MAX_HEADER_LENGTH) {
    throw new FormatError(`${name}: expected a header of at most ${MAX_HEADER_LENGTH} bytes, got ${length}`);
  }
  if (bytes.length < dataOffset) {
    throw new FormatError(`${name}: expected a header of ${dataOffset} bytes, got a file of ${bytes.length}`);
  }
  // A copy, as browsers do not decode shared memory.
  const text = new TextDecoder("latin1").decode(bytes.slice(8 + lengthBytes, dataOffset));
  return { ...parseHeader(text, name), dataOffset };
}

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, prefix.length)) === prefix;
}

function otherFormat(bytes: Uint8Array): string {
  if (bytes.length === 0) return "is empty";
  if (startsWith(bytes, "PK\x03\x04") || startsWith(bytes, "PK\x05\x06")) {
    return "is a .npz archive, not a .npy file; save each array by itself: np.save(file, array)";
  }
  if (startsWith(bytes, "\x1f\x8b")) return "is compressed by gzip, not a .npy file; unpack it first: gunzip";
  if (startsWith(bytes, "version https://git-lfs")) {
    return "is a Git LFS pointer, not the file itself; get it with: git lfs pull";
  }
  const start = new TextDecoder().decode(bytes.slice(0, 64));
  if (/^\s*<(!doctype|html|head)/i.test(start)) return "is an HTML page, not a .npy file; check the address";
  return `is not a .npy file: expected it to start with "\\x93NUMPY", got ${describe(start.slice(0, 6))}`;
}

/** A Python dict as NumPy writes it, keys in any order, with the long integers (`28L`) of Python 2. */
const ENTRY =
  /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^'\\]*'|"[^"\\]*"|\[.*\]|True|False|\([\dL,\s]*\))\s*(?:,\s*|$)/gsy;
const SHAPE = /^\(\s*(?:(?:(?:0|[1-9]\d*)L?\s*,\s*)+(?:(?:0|[1-9]\d*)L?\s*)?)?\)$/;
const DTYPE = /^(?:[<|=]|>(?=.1$))(b1|[iu][1248]|f[248])$/;

function parseHeader(text: string, name: string): Omit<Header, "dataOffset"> {
  const malformed = () => new FormatError(`${name}: malformed header ${JSON.stringify(text.trim().slice(0, 200))}`);
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) throw malformed();
  const entries = [...body.matchAll(ENTRY)];
  const entryOf = (key: string) => entries.find((entry) => entry[2] === key)?.[3];
  const [descr, fortranOrder, shape] = [entryOf("descr"), entryOf("fortran_order"), entryOf("shape")];
  const parsedLength = entries.reduce((sum, [entry]) => sum + entry.length, 0);
  if (parsedLength !== body.length || entries.length !== 3 || !descr || !fortranOrder || !shape) throw malformed();
  if (!/^['"[]/.test(descr) || !/^(True|False)$/.test(fortranOrder) || !SHAPE.test(shape)) throw malformed();

  const dtype = descr.replace(/^(['"])(.*)\1$/, "$2");
  const code = DTYPE.exec(dtype)?.[1];
  if (code === undefined) throw new FormatError(`${name}: ${unsupported(dtype)}`);
  const dimensions = (shape.match(/\d+/g) ?? []).map(Number);
  if (dimensions.length > MAX_DIMENSIONS) {
    throw new FormatError(`${name}: expected at most ${MAX_DIMENSIONS} dimensions, got ${dimensions.length}`);
  }
  // Zeros are left out, as in NumPy: an array without elements may not have absurd dimensions either.
  const size = sizeOf(dimensions.filter((dimension) => dimension > 0));
  if (!Number.isSafeInteger(size * itemSize(code))) {
    throw new FormatError(`${name}: the shape ${describeShape(dimensions)} is too large`);
  }
  return { code, fortranOrder: fortranOrder === "True", shape: dimensions };
}

const ADVICE: Readonly<Record<string, readonly [kind: string, advice: string]>> = {
  M: ["dates", "save them as integers: array.astype('<i8')"],
  O: ["Python objects", "save numbers: array.astype('<f4')"],
  S: ["text", "save numbers, such as the index of a class"],
  U: ["text", "save numbers, such as the index of a class"],
  V: ["structured", "save each field by itself: array['field']"],
  "[": ["structured", "save each field by itself: array['field']"],
  c: ["complex", "save array.real and array.imag by themselves"],
  m: ["time spans", "save them as integers: array.astype('<i8')"],
};

function unsupported(dtype: string): string {
  const bigEndian = /^>([iuf][248])$/.exec(dtype)?.[1];
  const [kind, advice] = bigEndian
    ? ["big-endian", `save it as little-endian: array.astype('<${bigEndian}')`]
    : (ADVICE[dtype.replace(/^[<>|=]/, "").charAt(0)] ?? ["unknown", "save numbers: array.astype('<f8')"]);
  return `dtype '${dtype.slice(0, 80)}' (${kind}) is not supported; ${advice}`;
}

function itemSize(code: string): number {
  return Number(code.slice(1));
}

function checkLength(bytes: Uint8Array, { code, shape, dataOffset }: Header, name: string): void {
  const expected = sizeOf(shape) * itemSize(code);
  const got = bytes.length - dataOffset;
  if (got === expected) return;
  throw new FormatError(
    `${name}: expected ${expected} bytes of data for the shape ${describeShape(shape)} of '${code}', got ${got}: ${
      got < expected ? "the file is cut short" : "there are bytes behind the data"
    }`,
  );
}

/** 64-bit integers as numbers, in the smallest of Int32Array, Uint32Array and Float64Array that holds them all. */
function narrow(values: BigInt64Array | BigUint64Array, name: string): TypedArray {
  const numbers = new Float64Array(values.length);
  let min = 0;
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isSafeInteger(value)) {
      throw new FormatError(
        `${name}: element ${i} is ${values[i]}, too large for a number; save it as array.astype('<f8')`,
      );
    }
    numbers[i] = value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (min >= -(2 ** 31) && max < 2 ** 31) return new Int32Array(numbers);
  return min >= 0 && max < 2 ** 32 ? new Uint32Array(numbers) : numbers;
}

/** From column-major (Fortran) order to row-major (C) order. */
function toRowMajor(data: TypedArray, shape: readonly number[]): TypedArray {
  const result = data.slice();
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from] as number;
    // The next index in C order: the last axis runs fastest.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      const next = (index[axis] as number) + 1;
      from += stride;
      index[axis] = next;
      if (next < (shape[axis] as number)) break;
      from -= stride * next;
      index[axis] = 0;
    }
  }
  return result;
}
