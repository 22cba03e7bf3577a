/**
 * What the processor's registers allow: loops of nothing but multiply-adds, on 8 to 13 sums that do not depend on each other,
 * each once to four times in a turn. Which is best differs by processor and engine, so all are tried.
 */
import asc from "assemblyscript/asc";

const VARIANTS = [8, 10, 11, 12, 13].flatMap((sums) => [1, 2, 4].map((times) => ({ sums, times })));
const LANES = 4;

/** @returns of each loop the flops of one turn, and `run(turns)`. */
export async function compilePeakLoops(relaxed) {
  const { binary, stderr, error } = await asc.compileString(
    VARIANTS.map((variant) => loop(variant, relaxed)).join("\n"),
    {
      optimizeLevel: 3,
      runtime: "stub",
      enable: ["simd", "relaxed-simd"],
    },
  );
  if (error) throw new Error(`${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary);
  return VARIANTS.map((variant) => ({
    flops: 2 * LANES * variant.sums * variant.times,
    run: instance.exports[nameOf(variant)],
  }));
}

const nameOf = ({ sums, times }) => `sums${sums}times${times}`;

/** Every sum becomes sum · x + y. */
function loop(variant, relaxed) {
  const sums = Array.from({ length: variant.sums }, (_, i) => `s${i}`);
  const step = (sum) => (relaxed ? `f32x4.relaxed_madd(${sum}, x, y)` : `f32x4.add(f32x4.mul(${sum}, x), y)`);
  return `export function ${nameOf(variant)}(turns: i32): f32 {
    const x = f32x4.splat(0.999), y = f32x4.splat(0.001);
    ${sums.map((sum, i) => `let ${sum} = f32x4.splat(${i});`).join("\n")}
    for (; turns > 0; --turns) {
      ${sums
        .map((sum) => `${sum} = ${step(sum)};\n`)
        .join("")
        .repeat(variant.times)}
    }
    return f32x4.extract_lane(${sums.reduce((a, b) => `f32x4.add(${a}, ${b})`)}, 0);
  }`;
}
