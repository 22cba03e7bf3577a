/** What makes the kernels fast, read off the release binary: no clock is needed to see it go. */
import binaryen from "assemblyscript/binaryen";
import { expect, it } from "vitest";
import { binaries } from "./harness.js";

const text = releaseText();
const computing = innermostLoops(text).filter((loop) => /f32x4\.(mul|add)/.test(loop));

it("a loop that computes on vectors calls nothing, but for the few that take a logarithm or an exponential", () => {
  expect(computing.length).toBeGreaterThan(30);
  const callees = new Set(computing.flatMap(callsIn));
  expect(callees.size).toBeLessThan(16);
  for (const name of callees) expectElementary(name);
});

it.each([
  [8, 2],
  [4, 1],
])("a tile of %i multiplications per summand loads %i vectors, and no factor twice", (multiplications, vectors) => {
  const tile = computing.filter(
    (loop) => count(loop, "v128.load32_splat") === 4 && count(loop, "f32x4.mul") === multiplications,
  );
  expect(tile.length).toBe(1);
  const [loop = ""] = tile;
  expect(count(loop, "f32x4.add")).toBe(multiplications);
  expect(count(loop, "v128.load")).toBe(vectors);
  expect(count(loop, "v128.store")).toBe(0);
});

it("the products of sparse rows keep six, four and one sums in registers", () => {
  const sparse = computing.filter((loop) => count(loop, "v128.load32_splat") === 1 && count(loop, "i32.load") === 1);
  expect(sparse.map((loop) => count(loop, "f32x4.mul")).sort()).toEqual([1, 4, 6]);
  for (const loop of sparse) expect(count(loop, "v128.store")).toBe(0);
});

/** Takes a logarithm or an exponential, in its own bits or by calling what does, and touches no memory. */
function expectElementary(name: string): void {
  const start = text.indexOf(`(func ${name} `);
  const body = text.slice(start, text.indexOf("\n (func ", start));
  expect(body).not.toMatch(/load|store|loop/);
  const calls = callsIn(body);
  if (calls.length === 0) expect(body).toMatch(/i(32x4|64x2)\.(shl|shr_s)|f32x4\.demote_f64x2/);
  for (const callee of calls) expectElementary(callee);
}

function callsIn(code: string): string[] {
  return (code.match(/\(call \S+/g) ?? []).map((call) => call.slice("(call ".length));
}

function releaseText(): string {
  const module = binaryen.readBinary(binaries.release);
  try {
    return module.emitText();
  } finally {
    module.dispose();
  }
}

/** The loops, as text, that have no other loop in them. */
function innermostLoops(text: string): string[] {
  const starts: { at: number; loop: boolean; nested: boolean }[] = [];
  const found: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") {
      starts.push({ at, loop: text.startsWith("(loop", at), nested: false });
    } else if (text[at] === ")") {
      const closed = starts.pop();
      const around = starts.at(-1);
      if (around && closed && (closed.loop || closed.nested)) around.nested = true;
      if (closed?.loop && !closed.nested) found.push(text.slice(closed.at, at + 1));
    }
  }
  return found;
}

function count(text: string, instruction: string): number {
  return text.split(/[\s()]+/).filter((word) => word === instruction).length;
}
