/** W6: the dense products of the core, in GFLOP/s and as a share of what the registers allow at the same moment. */
import { compilePeakLoops } from "./register-peak.mjs";
import { enableRelaxed } from "./relaxed.mjs";
import { format, median } from "./statistics.mjs";

/** About a millisecond: short enough that another process rarely comes in between. */
const FLOPS_AT_A_TIME = 4e7;
/** Rounds for the engine to compile in, and rounds that count for each repetition that is asked for. */
const WARM_UP = 20;
const ROUNDS = 5;
const SIZES = [64, 128, 256, 512, 1024];
const SYMBOLS = { matmul: "a·b", matmulTransposedA: "aᵀ·b", matmulTransposedB: "a·bᵀ" };

/** Square products, and those of the given networks. */
export async function benchMatmul({ id, networks }, { repetitions, quick }) {
  const precisions = enableRelaxed() ? ["exact", "relaxed"] : ["exact"];
  const { prepareProduct } = await import("./build/products.mjs");
  const squares = (quick ? SIZES.slice(0, 3) : SIZES).map((size) => [size, size, size]);
  const rows = [...everyUse(squares), ...networks.flatMap(productsOf)];
  const peaks = {};
  for (const precision of precisions) {
    const peak = await fastestLoop(precision);
    peaks[precision] = peak.speed;
    for (const row of rows) {
      const [m, n, k] = row.shape;
      const contender = { flops: 2 * m * n * k, run: repeat(prepareProduct(row.product, m, n, k, precision)) };
      row[precision] = againstPeak(contender, peak, repetitions);
    }
  }
  return { id, title: `${id}: dense products, m x n x k`, peaks, rows };
}

export function printMatmul({ title, peaks, rows }) {
  const precisions = Object.keys(peaks);
  const columns = precisions.map((precision) => ` ${precision}: GFLOP/s | range | share of the register peak |`);
  console.log(
    `\n${title}; register peak: ${precisions.map((each) => `${each} ${format(peaks[each])} GFLOP/s`).join(", ")}\n`,
  );
  console.log(`| | |${columns.join("")}\n|---|---|${"--:|---|--:|".repeat(precisions.length)}`);
  for (const { product, shape, ...measured } of rows) {
    const cells = precisions.flatMap((precision) => {
      const { speeds, shares } = measured[precision];
      const range = `${format(Math.min(...speeds))} to ${format(Math.max(...speeds))}`;
      return [format(median(speeds)), range, `${Math.round(100 * median(shares))} %`];
    });
    console.log(`| ${SYMBOLS[product]} | ${shape.join(" x ")} | ${cells.join(" | ")} |`);
  }
}

const everyUse = (shapes) => shapes.flatMap((shape) => Object.keys(SYMBOLS).map((product) => ({ product, shape })));

/** What one batch multiplies: forward, for the gradient of the weights, and for that of a hidden layer's input. */
function productsOf({ widths, batchSize }) {
  return widths.slice(1).flatMap((units, i) => {
    const inputs = widths[i];
    return [
      { product: "matmul", shape: [batchSize, units, inputs] },
      { product: "matmulTransposedA", shape: [inputs, units, batchSize] },
      ...(i > 0 ? [{ product: "matmulTransposedB", shape: [batchSize, inputs, units] }] : []),
    ];
  });
}

async function fastestLoop(precision) {
  const loops = await compilePeakLoops(precision === "relaxed");
  const measured = loops.map((loop) => ({ ...loop, speed: Math.max(...Array.from({ length: 9 }, () => speed(loop))) }));
  return measured.reduce((best, loop) => (loop.speed > best.speed ? loop : best));
}

/** Both in turn, so that a slow moment slows both. */
function againstPeak(contender, peak, repetitions) {
  const speeds = [];
  const shares = [];
  for (let round = -WARM_UP; round < repetitions * ROUNDS; round++) {
    const limit = speed(peak);
    const reached = speed(contender);
    if (round < 0) continue;
    speeds.push(reached);
    shares.push(reached / limit);
  }
  return { speeds, shares };
}

/** GFLOP/s. */
function speed({ flops, run }) {
  const turns = Math.ceil(FLOPS_AT_A_TIME / flops);
  const begin = performance.now();
  run(turns);
  return (turns * flops) / (performance.now() - begin) / 1e6;
}

function repeat(compute) {
  return (turns) => {
    for (let turn = 0; turn < turns; turn++) compute();
  };
}
