import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray, sizeOf } from "../../src/arrays.js";
import { FormatError } from "../../src/errors.js";
import { encodeNpy, loadNpy } from "../../src/npy/index.js";

const seeded = { seed: 20240607, numRuns: 200 };

const typedArrays = (length: number) => {
  const bounds = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.float32Array(bounds),
    fc.float64Array(bounds),
    fc.int8Array(bounds),
    fc.int16Array(bounds),
    fc.int32Array(bounds),
    fc.uint8Array(bounds),
    fc.uint16Array(bounds),
    fc.uint32Array(bounds),
  );
};

const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });

const arrays: fc.Arbitrary<NDArray> = shapes.chain((shape) =>
  fc.oneof(
    typedArrays(sizeOf(shape)).map((data) => ndarray(data, shape)),
    fc
      .uint8Array({ minLength: sizeOf(shape), maxLength: sizeOf(shape), max: 1 })
      .map((data) => ({ data, shape, dtype: "bool" as const })),
  ),
);

describe("round trips", () => {
  it("every dtype and shape comes back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(arrays, async (array) => {
        expect(await loadNpy(encodeNpy(array))).toEqual(array);
      }),
      seeded,
    );
  });

  it("a view into a larger buffer, at any offset, is read alike and not kept", async () => {
    await fc.assert(
      fc.asyncProperty(arrays, fc.nat({ max: 9 }), async (array, offset) => {
        const file = encodeNpy(array);
        const larger = new Uint8Array(file.length + 20).fill(255);
        larger.set(file, offset);
        const loaded = await loadNpy(larger.subarray(offset, offset + file.length));
        larger.fill(7);
        expect(loaded).toEqual(array);
        expect(loaded.data.buffer.byteLength).toBe(loaded.data.byteLength);
      }),
      seeded,
    );
  });
});

describe("damaged files", () => {
  const originals: NDArray[] = [
    ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
    ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6), [6]),
    ndarray(Float64Array.of(-0.5), []),
    ndarray(new Int16Array(0), [0, 28, 28]),
    { data: Uint8Array.of(0, 1, 1, 0), shape: [2, 2], dtype: "bool" },
  ];
  const title = ({ dtype, shape }: NDArray) => `${dtype} of shape [${shape}]`;

  it.each(originals.map((array) => [title(array), array] as const))("cut at any byte: %s", async (_, array) => {
    const file = encodeNpy(array);
    for (let length = 0; length < file.length; length++) {
      await expect(loadNpy(file.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(FormatError);
    }
  });

  it.each(originals.map((array) => [title(array), array] as const))("trailing bytes: %s", async (_, array) => {
    const file = encodeNpy(array);
    for (const extra of [1, 8, 64]) {
      const longer = new Uint8Array(file.length + extra);
      longer.set(file);
      const size = array.data.byteLength;
      await expect(loadNpy(longer, { name: "long.npy" })).rejects.toThrow(
        new RegExp(
          `^long.npy: expected ${size} bytes of data .* got ${size + extra}: there are bytes behind the data$`,
        ),
      );
    }
  });

  it.each(originals.map((array) => [title(array), array] as const))(
    "any single byte of the header changed: %s",
    async (_, array) => {
      const file = encodeNpy(array);
      const dataOffset = file.length - array.data.byteLength;
      for (let at = 0; at < dataOffset; at++) {
        const original = file[at] as number;
        for (let byte = 0; byte < 256; byte++) {
          file[at] = byte;
          const loaded = await loadNpy(file).catch((error: unknown) => error);
          if (!(loaded instanceof FormatError)) expectConsistent(loaded, file, dataOffset);
        }
        file[at] = original;
      }
    },
  );
});

/** What was loaded from a damaged file must be what the damaged header says. */
function expectConsistent(loaded: unknown, file: Uint8Array, dataOffset: number): void {
  if (loaded instanceof Error) throw loaded;
  const { data, shape, dtype } = loaded as NDArray;
  const header = String.fromCharCode(...file.subarray(10, dataOffset));
  const code = /'[<|=>]([a-z]\d)'/.exec(header)?.[1] ?? "";
  const [, tuple = ""] = /\(([^)]*)\)/.exec(header) ?? [];
  const said = tuple.split(",").filter((part) => part.trim() !== "");
  const dtypes: Readonly<Record<string, readonly string[]>> = {
    b1: ["bool"],
    f2: ["float32"],
    f4: ["float32"],
    f8: ["float64"],
    i1: ["int8"],
    i2: ["int16"],
    i4: ["int32"],
    i8: ["int32", "float64"],
    u1: ["uint8"],
    u2: ["uint16"],
    u4: ["uint32"],
    u8: ["int32", "uint32", "float64"],
  };
  if (
    !dtypes[code]?.includes(dtype) ||
    `${said.map((part) => Number.parseInt(part, 10))}` !== `${shape}` ||
    data.length !== sizeOf(shape) ||
    data.length * Number(code.slice(1)) !== file.length - dataOffset
  ) {
    expect.fail(`loaded ${dtype} of [${shape}] with ${data.length} elements from ${header}`);
  }
}
