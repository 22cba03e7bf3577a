/**
 * What the processor's registers allow: loops of nothing but multiply-adds, with 8 to 12 sums that do not depend on each other.
 * How many are best differs by processor and engine, so all are tried.
 */
import asc from "assemblyscript/asc";

const COUNTS = [8, 9, 10, 11, 12];
const LANES = 4;

/** @returns of each loop the flops of one turn, and `run(turns)`. */
export async function compilePeakLoops(relaxed) {
  const { binary, stderr, error } = await asc.compileString(COUNTS.map((count) => loop(count, relaxed)).join("\n"), {
    optimizeLevel: 3,
    runtime: "stub",
    enable: ["simd", "relaxed-simd"],
  });
  if (error) throw new Error(`${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary);
  return COUNTS.map((count) => ({ flops: 2 * LANES * count, run: instance.exports[`sums${count}`] }));
}

/** Every sum becomes sum · x + y in every turn. */
function loop(count, relaxed) {
  const sums = Array.from({ length: count }, (_, i) => `s${i}`);
  const step = (sum) => (relaxed ? `f32x4.relaxed_madd(${sum}, x, y)` : `f32x4.add(f32x4.mul(${sum}, x), y)`);
  return `export function sums${count}(turns: i32): f32 {
    const x = f32x4.splat(0.999), y = f32x4.splat(0.001);
    ${sums.map((sum, i) => `let ${sum} = f32x4.splat(${i});`).join("\n")}
    for (; turns > 0; --turns) {
      ${sums.map((sum) => `${sum} = ${step(sum)};`).join("\n")}
    }
    return f32x4.extract_lane(${sums.reduce((a, b) => `f32x4.add(${a}, ${b})`)}, 0);
  }`;
}
