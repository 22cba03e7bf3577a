/** Bringing host arrays into a model's memory: checked, converted to float32, as sparse rows where that pays. */
import { describeShape, type NDArray, sizeOf } from "../arrays.js";
import { ShapeError } from "../errors.js";
import { isSparse, type SparseValues, type Weight } from "../layers/layer.js";
import type { Loss } from "../losses/loss.js";
import type { Network } from "../network/network.js";
import type { BatchFormat, LabelledBatch } from "../network/plans.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { offset, type Pointer, toStride } from "../wasm/kernels.js";
import { describeNonFinite, stageRows } from "./inputs.js";
import type { Steps } from "./steps.js";

/** Rows brought over at a time, when they only pass through. */
const STAGED_ROWS = 256;
/** Up to this share of values that are not zero, sparse rows take no more memory than dense ones, and less time. */
const SPARSE_DENSITY = 0.5;

/** @throws ShapeError or RangeError unless y has a target for each of `rows` rows of the output, of the loss's kind. */
export function checkTargets(y: NDArray, rows: number, outputShape: readonly number[], loss: Loss, what: string): void {
  const width = sizeOf(outputShape);
  const perRow = loss.targets === "dense" ? width : 1;
  const fits = y.shape[0] === rows && sizeOf(y.shape.slice(1)) === perRow;
  if (!fits) {
    const expected = loss.targets === "dense" ? describeShape([rows, ...outputShape]) : `[${rows}] or [${rows}, 1]`;
    const hint =
      loss.targets === "dense" && width > 1 && sizeOf(y.shape.slice(1)) === 1 && y.shape[0] === rows
        ? "; oneHot() makes it from class numbers, or use the loss 'sparseCategoricalCrossentropy'"
        : "";
    throw new ShapeError(`${what}: expected shape ${expected}, got ${describeShape(y.shape)}${hint}`);
  }
  if (loss.targets === "indices") {
    y.data.forEach((label, row) => {
      if (label !== loss.ignoreClass && (!Number.isInteger(label) || label < 0 || label >= width)) {
        throw new RangeError(`${what}: expected class numbers from 0 to ${width - 1}, got ${label} in row ${row}`);
      }
    });
    return;
  }
  const bad = y.data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0) {
    const row = Math.floor(bad / perRow);
    throw new RangeError(
      `${what}: expected finite numbers, got ${describeNonFinite(y.data[bad])} in row ${row}, column ${bad % perRow}`,
    );
  }
}

/** Samples, their targets, and what each of them counts, if not 1. */
export interface LabelledArrays {
  readonly x: NDArray;
  readonly y: NDArray;
  readonly weights?: Float32Array | undefined;
}

/** The row numbers from 0 to rows - 1, in memory. */
export function ascending({ arena }: Network, rows: number): Pointer {
  const rowNumbers = arena.allocate(rows);
  const view = arena.words(rowNumbers, rows);
  for (let row = 0; row < rows; row++) view[row] = row;
  return rowNumbers;
}

/** A data set in a model's memory, and how a batch of its rows is put before a plan. */
export interface Dataset {
  readonly rows: number;
  /** What a plan for this data takes. With an optimizer: what training needs of it. */
  format(capacity: number, optimizer?: Optimizer): BatchFormat;
  /** Brings the rows with these numbers into the plan's input and targets. */
  gather(batch: LabelledBatch, rowNumbers: Pointer, rows: number): void;
}

/**
 * Copies a checked data set into memory, once: a batch is then a list of row numbers. The arrays may not change meanwhile.
 *
 * @throws RangeError for a value that is not finite.
 */
export function* loadDataset(
  network: Network,
  { x, y, weights }: LabelledArrays,
  loss: Loss,
  what: string,
): Steps<Dataset> {
  const inputs = yield* loadInputs(network, x, what);
  const gatherTargets = loadTargets(network, y, loss);
  const gatherWeights = weights && loadWeights(network, weights);
  return {
    rows: x.shape[0] ?? 0,
    format: (capacity, optimizer) => ({
      sparseInput: inputs.sparseInput(capacity, optimizer),
      weighted: weights !== undefined,
    }),
    gather(batch, rowNumbers, rows) {
      inputs.gather(batch, rowNumbers, rows);
      gatherTargets(batch, rowNumbers, rows);
      gatherWeights?.(batch, rowNumbers, rows);
    },
  };
}

/**
 * Brings checked data that is a batch by itself before a plan for dense rows.
 *
 * @throws RangeError for a value that is not finite.
 */
export function stageBatch(
  network: Network,
  batch: LabelledBatch,
  { x, y, weights }: LabelledArrays,
  loss: Loss,
  what: string,
): void {
  const rows = x.shape[0] ?? 0;
  const start = network.arena.mark();
  const rowNumbers = ascending(network, rows);
  loadTargets(network, y, loss)(batch, rowNumbers, rows);
  if (batch.sampleWeights) loadWeights(network, weights ?? new Float32Array(rows).fill(1))(batch, rowNumbers, rows);
  network.release(start);
  if (!isSparse(batch.input)) stageRows(network, batch.input, x, 0, rows, what);
}

interface Inputs extends Pick<Dataset, "gather"> {
  sparseInput(capacity: number, optimizer?: Optimizer): SparseValues | undefined;
}

function* loadInputs(network: Network, x: NDArray, what: string): Steps<Inputs> {
  const start = network.arena.mark();
  const sparse = network.takesSparseRows ? yield* loadSparse(network, x, what) : undefined;
  if (sparse) return sparse;
  network.release(start);
  return yield* loadDense(network, x, what);
}

function* loadDense(network: Network, x: NDArray, what: string): Steps<Inputs> {
  const { arena } = network;
  const rows = x.shape[0] ?? 0;
  const width = sizeOf(network.inputShape);
  const stride = toStride(width);
  const pointer = arena.allocate(rows * stride);
  for (let first = 0; first < rows; first += STAGED_ROWS) {
    const target = { pointer: offset(pointer, first * stride), width, stride };
    stageRows(network, target, x, first, Math.min(STAGED_ROWS, rows - first), what);
    yield;
  }
  return {
    sparseInput: () => undefined,
    gather({ input }, rowNumbers, count) {
      if (!isSparse(input)) {
        arena.kernels.gatherRows(input.pointer, input.stride, pointer, stride, rowNumbers, count, stride);
      }
    },
  };
}

/** Sparse rows, or undefined as soon as the rows brought over have too few zeros for it. */
function* loadSparse(network: Network, x: NDArray, what: string): Steps<Inputs | undefined> {
  const { arena } = network;
  const { kernels } = arena;
  const rows = x.shape[0] ?? 0;
  const width = sizeOf(network.inputShape);
  const stride = toStride(width);
  const ranges = arena.allocate(rows * 2);
  const staging = { pointer: arena.allocate(STAGED_ROWS * stride), width, stride };
  const entries = arena.allocate(0);
  const seen = new Uint8Array(width);
  let [end, rowEntries] = [entries, 0];
  for (let first = 0; first < rows; first += STAGED_ROWS) {
    const count = Math.min(STAGED_ROWS, rows - first);
    stageRows(network, staging, x, first, count, what);
    // The entries are the topmost block, which grows by the most that these rows can need; one more is looked ahead at
    const missing = end + (count * width + 1) * 8 - arena.mark();
    if (missing > 0) arena.allocate(Math.ceil(missing / 4));
    const [range, added] = [offset(ranges, first * 2), end];
    end = (kernels.compressRows(range, added, staging.pointer, stride, count, width) >>> 0) as Pointer;
    if ((end - entries) / 8 > SPARSE_DENSITY * (first + count) * width) return undefined;
    const columns = arena.words(added, (end - added) / 4);
    for (let entry = 0; entry < columns.length; entry += 2) seen[columns[entry] ?? 0] = 1;
    const bounds = arena.words(range, count * 2);
    for (let row = 0; row < count * 2; row += 2) {
      rowEntries = Math.max(rowEntries, ((bounds[row + 1] ?? 0) - (bounds[row] ?? 0)) / 8);
    }
    const top = arena.mark();
    yield;
    // Who has had a turn may have put something on top, where the entries are to grow
    network.release(top);
  }

  return {
    sparseInput: (capacity, optimizer) => ({
      ranges: arena.allocate(capacity * 2),
      width,
      rowEntries,
      activeColumns: optimizer ? activeColumns(network, seen, optimizer) : [],
    }),
    gather({ input }, rowNumbers, count) {
      if (isSparse(input)) kernels.gatherRanges(input.ranges, ranges, rowNumbers, count);
    },
  };
}

/**
 * The runs of columns whose weights training can change: all that are ever lit, and those that the optimizer still moves
 * because of what was lit in earlier training.
 */
function activeColumns(network: Network, seen: Uint8Array, optimizer: Optimizer): [number, number][] {
  const { arena } = network;
  const [kernel] = network.weights as readonly [Weight];
  const moving = kernel.state.filter((_, index) => (optimizer.slotStarts?.[index] ?? 0) === 0);
  const active = (column: number): boolean =>
    seen[column] === 1 ||
    !optimizer.restsAtZero ||
    kernel.regularizer !== undefined ||
    kernel.constraint !== undefined ||
    moving.some((slot) => arena.kernels.countNonZeros(offset(slot, column * kernel.stride), kernel.stride) > 0);
  const runs: [number, number][] = [];
  for (let column = 0; column < seen.length; column++) {
    if (!active(column)) continue;
    const last = runs.at(-1);
    if (last && last[1] === column) last[1]++;
    else runs.push([column, column + 1]);
  }
  return runs;
}

function loadTargets({ arena }: Network, y: NDArray, { targets: kind, ignoreClass }: Loss): Dataset["gather"] {
  const { kernels } = arena;
  const targets = arena.allocate(y.data.length);
  const view = arena.floats(targets, y.data.length);
  view.set(y.data);
  if (ignoreClass !== undefined) {
    for (let row = 0; row < view.length; row++) if (view[row] === ignoreClass) view[row] = -1;
  }
  return ({ targets: { pointer, width, stride } }, rowNumbers, rows) => {
    if (kind === "indices") kernels.oneHotRows(pointer, stride, targets, rowNumbers, rows, width);
    else {
      const across = kind === "labels" ? 1 : width;
      kernels.gatherRows(pointer, stride, targets, across, rowNumbers, rows, across);
    }
  };
}

function loadWeights({ arena }: Network, weights: Float32Array): Dataset["gather"] {
  const { kernels } = arena;
  const source = arena.allocate(weights.length);
  arena.floats(source, weights.length).set(weights);
  return ({ sampleWeights }, rowNumbers, rows) => {
    if (sampleWeights) kernels.gatherRows(sampleWeights, 1, source, 1, rowNumbers, rows, 1);
  };
}
