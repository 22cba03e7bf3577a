/** What training has to remember: plain values and arrays of floats, to bytes and back without the loss of a bit. */
import { crc32, joinBytes } from "./bytes.js";
import { FormatError } from "./errors.js";

export type StateTree =
  | number
  | string
  | boolean
  | null
  | Float32Array
  | readonly StateTree[]
  | { readonly [name: string]: StateTree };

const FORMAT = "lanewise-state";
const VERSION = 1;

/**
 * Three parts, a line feed behind each of the first two: a JSON object with format, version and the CRC-32 of what follows;
 * the tree as JSON, with `{"$floats":[start,length]}` for an array and `{"$number":"NaN"}` for a number that JSON has no
 * word for; and all arrays in a row, as little-endian float32.
 */
export function encodeState(tree: StateTree): Uint8Array {
  const arrays: Float32Array[] = [];
  let start = 0;
  const json = JSON.stringify(tree, (_, value: unknown) => {
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { $number: Object.is(value, -0) ? "-0" : `${value}` };
    }
    if (!(value instanceof Float32Array)) return value;
    arrays.push(value);
    start += value.length;
    return { $floats: [start - value.length, value.length] };
  });
  const floats = arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const body = joinBytes([new TextEncoder().encode(`${json}\n`), ...floats]);
  const header = JSON.stringify({ format: FORMAT, version: VERSION, crc32: crc32(body) });
  return joinBytes([new TextEncoder().encode(`${header}\n`), body]);
}

/** @throws FormatError for anything but what `encodeState` gave. */
export function decodeState(bytes: Uint8Array, where: string): StateTree {
  const headerEnd = bytes.indexOf(LINE_FEED);
  const header = parse(bytes.subarray(0, Math.max(headerEnd, 0)), where) as Readonly<Record<string, unknown>> | null;
  if (header?.format !== FORMAT)
    throw new FormatError(`${where}: expected the state of a training run, got another file`);
  if (header.version !== VERSION) {
    throw new FormatError(`${where}: expected version ${VERSION} of the format, got ${header.version}`);
  }
  const body = bytes.subarray(headerEnd + 1);
  if (crc32(body) !== header.crc32) {
    throw new FormatError(`${where}: expected CRC-32 ${header.crc32}, got ${crc32(body)}: the file is damaged`);
  }
  const treeEnd = body.indexOf(LINE_FEED);
  // A copy, which starts where a Float32Array may start
  const floats = new Float32Array(body.slice(treeEnd + 1).buffer);
  return revive(parse(body.subarray(0, treeEnd), where), floats);
}

const LINE_FEED = 10;

function parse(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new FormatError(`${where}: expected the state of a training run, got another file`, { cause: error });
  }
}

function revive(value: unknown, floats: Float32Array): StateTree {
  if (Array.isArray(value)) return value.map((item) => revive(item, floats));
  if (typeof value !== "object" || value === null) return value as StateTree;
  if ("$number" in value) return Number(value.$number);
  if ("$floats" in value) {
    const [start, length] = value.$floats as [number, number];
    return floats.slice(start, start + length);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(item, floats)]));
}
