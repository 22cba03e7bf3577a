/**
 * What the processor's registers allow: loops of nothing but multiply-adds, with 8 to 12 sums that do not depend on each other.
 * How many are best, and in which form, differs by processor and engine, so all are tried.
 */
import asc from "assemblyscript/asc";

const COUNTS = [8, 9, 10, 11, 12];
const LANES = 4;

/** @returns of each loop its name, the flops of one turn, and `run(turns)`. */
export async function compilePeakLoops(relaxed) {
  const loops = COUNTS.flatMap((count) => [chains(count, relaxed), products(count, relaxed)]);
  const { binary, stderr, error } = await asc.compileString(loops.map(({ source }) => source).join("\n"), {
    optimizeLevel: 3,
    runtime: "stub",
    enable: ["simd", "relaxed-simd"],
  });
  if (error) throw new Error(`${stderr}`);
  const { instance } = await WebAssembly.instantiate(binary);
  return loops.map(({ name, count }) => ({ name, flops: 2 * LANES * count, run: instance.exports[name] }));
}

/** sum = sum · x + y: the product waits for the sum before. */
function chains(count, relaxed) {
  const step = (sum) => (relaxed ? `f32x4.relaxed_madd(${sum}, x, y)` : `f32x4.add(f32x4.mul(${sum}, x), y)`);
  return loop(`chains${count}`, count, (i) => `s${i} = ${step(`s${i}`)};`, "");
}

/** sum += x · y as in a matrix product, x changing in every turn lest the product is taken out of the loop. */
function products(count, relaxed) {
  const step = (sum, x) => (relaxed ? `f32x4.relaxed_madd(${x}, y, ${sum})` : `f32x4.add(${sum}, f32x4.mul(${x}, y))`);
  return loop(`products${count}`, count, (i) => `s${i} = ${step(`s${i}`, i % 2 ? "x" : "z")};`, "x = v128.xor(x, z);");
}

function loop(name, count, step, change) {
  const each = (line) => Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const source = `export function ${name}(turns: i32): f32 {
    let x = f32x4.splat(0.999), z = f32x4.splat(0.5);
    const y = f32x4.splat(0.001);
    ${each((i) => `let s${i} = f32x4.splat(${i});`)}
    for (; turns > 0; --turns) {
      ${each(step)}
      ${change}
    }
    return f32x4.extract_lane(${Array.from({ length: count }, (_, i) => `s${i}`).reduce((a, b) => `f32x4.add(${a}, ${b})`)}, 0);
  }`;
  return { name, count, source };
}
