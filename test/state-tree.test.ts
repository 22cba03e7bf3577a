/** Trees of values and arrays, to bytes and back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../src/index.js";
import { decodeState, encodeState, type StateTree } from "../src/state-tree.js";
import { expectFailure } from "./helpers/failure.js";

const tree: StateTree = {
  epoch: 3,
  name: "ä\n\u2028",
  none: null,
  yes: true,
  numbers: [0, -0, Number.NaN, Infinity, -Infinity, 0.1, 5e-324, Number.MAX_SAFE_INTEGER],
  empty: { list: [], object: {}, floats: new Float32Array(0) },
  weights: [Float32Array.of(1, -0, 3), { values: new Float32Array([1e-45, Infinity, 0, 7]).subarray(1, 3) }],
};

describe("encodeState and decodeState", () => {
  it("keep everything", () => {
    expect(decodeState(encodeState(tree), "file")).toStrictEqual(tree);
  });

  it("keep every bit of every float and every double", () => {
    const leaf = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.float32Array());
    const trees = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("tree")),
        fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie("tree")),
      ),
    })).tree;
    fc.assert(
      fc.property(trees, (value) => {
        const plain = structuredClone(value) as StateTree;
        expect(decodeState(encodeState(plain), "file")).toEqual(plain);
      }),
    );
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["text", new TextEncoder().encode("hello\n")],
    ["other JSON", new TextEncoder().encode("{}\n")],
    ["null", new TextEncoder().encode("null\n")],
    ["one long line", new TextEncoder().encode("{")],
  ])("refuse %s", async (_, bytes) => {
    await expectFailure(
      () => decodeState(bytes, "file"),
      FormatError,
      "file: expected the state of a training run, got another file",
    );
  });

  it("refuse another version", async () => {
    const bytes = new TextEncoder().encode('{"format":"lanewise-state","version":2}\n');
    const message = "file: expected version 1 of the format, got 2";
    await expectFailure(() => decodeState(bytes, "file"), FormatError, message);
  });

  it("notice any byte that has changed, and any that is missing", () => {
    const bytes = encodeState(tree);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 1;
      expect(() => decodeState(damaged, "file"), `byte ${at}`).toThrow(FormatError);
      expect(() => decodeState(bytes.subarray(0, at), "file"), `${at} bytes`).toThrow(FormatError);
    }
  });
});
