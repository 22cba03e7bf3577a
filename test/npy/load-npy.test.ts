import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/errors.js";
import { loadNpy } from "../../src/npy/index.js";
import { readVectors } from "../helpers/fixtures.js";

interface NpyVector {
  readonly descr: string;
  readonly fortran_order: boolean;
  readonly shape: number[];
  readonly values_c_order: (number | boolean)[];
  readonly version: [number, number];
  readonly file_hex: string;
}

interface NpzVector {
  readonly npz: string;
  readonly file_base64: string;
}

const vectors = await readVectors<NpyVector | NpzVector>("numpy-npy.json");

const dtypes: Readonly<Record<string, string>> = {
  "|b1": "bool",
  "|u1": "uint8",
  "<u2": "uint16",
  "<i4": "int32",
  "<f2": "float32",
  "<f4": "float32",
  "<f8": "float64",
};

/** A file of version 1.0 around any header text. */
function file(header: string, data: ArrayLike<number> = [], version: readonly [number, number] = [1, 0]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version[0] === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  return Uint8Array.from([...magic, ...version, ...length, ...text, ...Array.from(data)]);
}

function fileOf(descr: string, shape: string, data: ArrayBufferView | number[] = [], fortranOrder = false): Uint8Array {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
  const order = fortranOrder ? "True" : "False";
  return file(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`, bytes);
}

async function failure(source: Uint8Array, name = "images.npy"): Promise<string> {
  const error: unknown = await loadNpy(source, { name }).then(
    (array) => expect.fail(`loaded as ${array.dtype} of ${array.shape}`),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(FormatError);
  return (error as Error).message;
}

/** One byte for each character. */
const fromText = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("files written by NumPy", () => {
  for (const vector of vectors) {
    if ("npz" in vector) {
      it(`refuses the archive of ${vector.npz}`, async () => {
        expect(await failure(fromText(atob(vector.file_base64)), "all.npz")).toBe(
          "all.npz is a .npz archive, not a .npy file; save each array by itself: np.save(file, array)",
        );
      });
      continue;
    }
    const { descr, shape, version, fortran_order, values_c_order } = vector;
    const title = `${descr} of shape [${shape}], version ${version.join(".")}${fortran_order ? ", Fortran order" : ""}`;
    const bytes = Uint8Array.from(vector.file_hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    if (descr.startsWith(">")) {
      it(`refuses ${title}`, async () => {
        expect(await failure(bytes)).toBe(
          "images.npy: dtype '>i4' (big-endian) is not supported; save it as little-endian: array.astype('<i4')",
        );
      });
      continue;
    }
    it(`loads ${title}`, async () => {
      const array = await loadNpy(bytes);
      expect(array.shape).toEqual(shape);
      expect(array.dtype).toBe(dtypes[descr]);
      expect([...array.data]).toEqual(values_c_order.map(Number));
    });
  }
});

describe("dtypes", () => {
  it.each(["<i4", "|i4", "=i4"])("reads %s as little-endian", async (descr) => {
    expect((await loadNpy(fileOf(`'${descr}'`, "(2,)", Int32Array.of(-7, 8)))).data).toEqual(Int32Array.of(-7, 8));
  });

  it("reads one-byte types whatever their byte order", async () => {
    expect((await loadNpy(fileOf("'>u1'", "(2,)", [1, 255]))).data).toEqual(Uint8Array.of(1, 255));
  });

  it("reads any byte but 0 of b1 as 1", async () => {
    const array = await loadNpy(fileOf("'|b1'", "(2, 2)", [0, 1, 2, 255]));
    expect(array).toEqual({ data: Uint8Array.of(0, 1, 1, 1), shape: [2, 2], dtype: "bool" });
  });

  it("reads f2 exactly: subnormals, signed zero, infinities and NaN", async () => {
    const halves = Uint16Array.of(0x0001, 0x03ff, 0x8000, 0x7bff, 0x7c00, 0xfc00, 0x7e00);
    const { data } = await loadNpy(fileOf("'<f2'", "(7,)", halves));
    expect(data).toEqual(Float32Array.of(2 ** -24, 1023 * 2 ** -24, -0, 65504, Infinity, -Infinity, NaN));
  });

  it.each([
    ["int32", Int32Array, [-(2n ** 31n), 2n ** 31n - 1n]],
    ["uint32", Uint32Array, [0n, 2n ** 32n - 1n]],
    ["float64", Float64Array, [-1n, 2n ** 31n]],
    ["float64", Float64Array, [-(2n ** 53n) + 1n, 2n ** 53n - 1n]],
  ] as const)("reads i8 as %s when the values fit", async (dtype, type, values) => {
    const array = await loadNpy(fileOf("'<i8'", "(2,)", BigInt64Array.from(values)));
    expect(array.dtype).toBe(dtype);
    expect(array.data).toEqual(type.from(values.map(Number)));
  });

  it("reads u8 like i8", async () => {
    expect((await loadNpy(fileOf("'<u8'", "(1,)", BigUint64Array.of(9n)))).data).toEqual(Int32Array.of(9));
    expect((await loadNpy(fileOf("'<u8'", "(0,)"))).data).toEqual(new Int32Array(0));
  });

  it.each([2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), 2n ** 63n - 1n])("refuses the integer %s", async (value) => {
    expect(await failure(fileOf("'<i8'", "(3,)", BigInt64Array.of(1n, value, value)))).toBe(
      `images.npy: element 1 is ${value}, too large for a number; save it as array.astype('<f8')`,
    );
  });

  it.each([
    [">f4", "big-endian"],
    [">u8", "big-endian"],
    ["|O", "Python objects"],
    ["|S5", "text"],
    ["<U12", "text"],
    ["|V8", "structured"],
    ["<c8", "complex"],
    [">c16", "complex"],
    ["<M8[ns]", "dates"],
    ["<m8[s]", "time spans"],
    ["<f16", "unknown"],
    ["<i3", "unknown"],
    ["f4", "unknown"],
    ["", "unknown"],
  ])("refuses '%s' (%s)", async (descr, kind) => {
    const message = await failure(fileOf(`'${descr}'`, "(0,)"));
    expect(message).toContain(`images.npy: dtype '${descr}' (${kind}) is not supported; save`);
  });

  it("refuses a list of fields", async () => {
    const message = await failure(fileOf("[('x', '<f4'), ('y', '<f4', (2, 2))]", "(0,)"));
    expect(message).toContain("(structured) is not supported; save each field by itself: array['field']");
  });
});

describe("shapes", () => {
  it("reads () as a scalar", async () => {
    expect(await loadNpy(fileOf("'<f4'", "()", Float32Array.of(0.5)))).toEqual({
      data: Float32Array.of(0.5),
      shape: [],
      dtype: "float32",
    });
  });

  it("brings Fortran order into C order", async () => {
    // a[i, j, k] = 100 i + 10 j + k of shape [2, 3, 2]: the first index runs fastest in the file.
    const columnMajor = [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121];
    const { data } = await loadNpy(fileOf("'|u1'", "(2, 3, 2)", columnMajor, true));
    expect([...data]).toEqual([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
  });

  it.each(["()", "(1,)", "(1, 1)"])("reads one element of shape %s in Fortran order", async (shape) => {
    expect((await loadNpy(fileOf("'|b1'", shape, [3], true))).data).toEqual(Uint8Array.of(1));
  });

  it("takes no time over an empty array with a huge dimension in Fortran order", async () => {
    const array = await loadNpy(fileOf("'|u1'", "(9007199254740991, 0)", [], true));
    expect(array.shape).toEqual([2 ** 53 - 1, 0]);
  });

  it.each(["(9007199254740992,)", "(4294967296, 4294967296)", "(4294967296, 4294967296, 0)", `(${"9".repeat(400)},)`])(
    "refuses the shape %s as too large",
    async (shape) => expect(await failure(fileOf("'|u1'", shape))).toContain("is too large"),
  );

  it("refuses 65 dimensions", async () => {
    expect(await failure(fileOf("'|u1'", `(${"1, ".repeat(65)})`, [0]))).toBe(
      "images.npy: expected at most 64 dimensions, got 65",
    );
  });
});

describe("headers", () => {
  const good = [
    "{'shape': (2,), 'fortran_order': False, 'descr': '|u1'}",
    `{"descr": "|u1", "fortran_order": False, "shape": (2,)}`,
    "{'descr':'|u1','fortran_order':False,'shape':(2,)}",
    "  { 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( 2 , ) , }  \n\n",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }",
  ];
  it.each(good)("accepts %s", async (header) => {
    expect(await loadNpy(file(header, [3, 4]))).toEqual({ data: Uint8Array.of(3, 4), shape: [2], dtype: "uint8" });
  });

  it.each([2, 3])("accepts version %d.0 with its longer length field", async (major) => {
    expect((await loadNpy(file(good[0] as string, [3, 4], [major, 0]))).data).toEqual(Uint8Array.of(3, 4));
  });

  it("reads data at any offset", async () => {
    for (let spaces = 0; spaces < 8; spaces++) {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}${" ".repeat(spaces)}`;
      const source = file(header, new Uint8Array(Float64Array.of(Math.PI).buffer));
      expect((await loadNpy(source)).data).toEqual(Float64Array.of(Math.PI));
    }
  });

  const bad = [
    "",
    "{}",
    "{'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
    "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'more': 1}",
    "{'descr': '|u1' 'fortran_order': False 'shape': (2,)}",
    "{'descr': '|u1',, 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '|u1\", 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (2,)}",
    "{'descr': True, 'fortran_order': False, 'shape': (2,)}",
    "{'descr': (2,), 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': 0, 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': 'True', 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': (), 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': '(2,)'}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': False}",
    ...[
      "(2)",
      "2",
      "[2]",
      "(,)",
      "(,2)",
      "(2,,1)",
      "(1 2,)",
      "(-2,)",
      "(2.0,)",
      "(2e0,)",
      "(02,)",
      "(0x2,)",
      "(L,)",
    ].map((shape) => `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}}`),
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)",
    "'descr': '|u1', 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} x",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}\0",
  ];
  it.each(bad)("refuses %j", async (header) => {
    expect(await failure(file(header, [3, 4]))).toContain("images.npy: malformed header ");
  });

  it.each([
    [0, 0],
    [4, 0],
    [1, 1],
  ] as const)("refuses version %d.%d", async (major, minor) => {
    expect(await failure(file(good[0] as string, [3, 4], [major, minor]))).toBe(
      `images.npy: expected .npy format version 1.0, 2.0 or 3.0, got ${major}.${minor}`,
    );
  });

  it("refuses a header that lies about its length", async () => {
    const source = file(good[0] as string, [3, 4], [2, 0]);
    source.set([0xff, 0xff, 0xff, 0xff], 8);
    expect(await failure(source)).toBe("images.npy: expected a header of at most 65535 bytes, got 4294967295");
  });

  it("parses 64 KiB of hostile header quickly", async () => {
    for (const filling of ["'descr': [", "\\", "((((", "0,", "  ", "}", "{'descr':", "] "]) {
      const header = `{'descr': [${filling.repeat(65000 / filling.length)}`.slice(0, 65535);
      await failure(file(header));
      await failure(file(`{'descr': '|u1', 'shape': (${header}`.slice(0, 65535)));
    }
  }, 2000);
});

describe("other files", () => {
  it.each([
    ["", " is empty"],
    ["PK\x05\x06", " is a .npz archive"],
    ["\x1f\x8b\x08", " is compressed by gzip"],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:", " is a Git LFS pointer"],
    ["\n<!DOCTYPE html>\n<html>", " is an HTML page"],
    ["<html><head>", " is an HTML page"],
    ["1,2,3\n", ' is not a .npy file: expected it to start with "\\x93NUMPY", got "1,2,3\\n"'],
    ["\x93NUM", " is not a .npy file"],
  ])("says what %j is", async (content, message) => {
    expect(await failure(Uint8Array.from(content, (character) => character.charCodeAt(0)))).toContain(
      `images.npy${message}`,
    );
  });
});
