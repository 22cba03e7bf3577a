/** Shares of whole things: controlled rounding (Bacharach 1966; Causey, Cox and Ernst 1985). */

/** The entry of one class in one part. */
interface Cell {
  readonly row: Row;
  readonly column: Column;
  readonly floor: number;
  /** What the share has beyond its floor, in units of 1 / GRID. A cell with a remainder may be raised by one. */
  readonly remainder: number;
  raised: boolean;
}

interface Row {
  readonly cells: Cell[];
  /** Samples of this class that are in no part yet. */
  missing: number;
}

interface Column {
  readonly cells: Cell[];
}

/** A share this close to a whole number counts as it: 0.15 · 20 is 3, and equal remainders compare as equal. */
const GRID = 1e8;

/**
 * Rounds counts[c] · fractions[p] to whole numbers so that all of this holds at once:
 *
 * - every entry is its share rounded down or up, so it is within one of the share;
 * - every row c adds up to counts[c];
 * - every column p adds up to its own share of all samples, fractions[p] · Σ counts, rounded down or up: up for the
 *   largest remainders, as far as the other conditions let them;
 * - no entry in the first `filled` columns is 0.
 *
 * Without the last condition there always is such a rounding. Returns undefined when there is none with it.
 *
 * The unit that a share may get on top of its floor is an edge between a class and a part, and the totals say how many
 * edges each has: a bipartite matching, found by augmenting paths, part by part and in the order of preference. A path
 * moves units between parts but never takes one away from a part, so what is granted first stays.
 *
 * @param counts Samples per class, each at least 1.
 * @param fractions Shares of the parts, each above 0, with the sum 1.
 */
export function roundShares(
  counts: readonly number[],
  fractions: readonly number[],
  filled: number,
): number[][] | undefined {
  const columns: Column[] = fractions.map(() => ({ cells: [] }));
  const rows = counts.map((count) => {
    const row: Row = { cells: [], missing: count };
    columns.forEach((column, part) => {
      const share = split(count * (fractions[part] as number));
      const fill = part < filled && share.floor === 0 && share.remainder > 0;
      const cell = { row, column, ...(fill ? { floor: 1, remainder: 0 } : share), raised: false };
      row.cells.push(cell);
      column.cells.push(cell);
      row.missing -= cell.floor;
    });
    return row;
  });
  if (rows.some(({ cells, missing }) => missing < 0 || cells.some((cell, part) => part < filled && isZero(cell)))) {
    return undefined;
  }

  const total = sum(counts);
  const due: Column[] = [];
  const extra: { column: Column; remainder: number }[] = [];
  for (const [part, column] of columns.entries()) {
    const { floor, remainder } = split(total * (fractions[part] as number));
    const granted = sum(column.cells.map((cell) => cell.floor));
    if (granted > floor + (remainder > 0 ? 1 : 0)) return undefined;
    for (let unit = granted; unit < floor; unit++) due.push(column);
    if (remainder > 0 && granted <= floor) extra.push({ column, remainder });
    column.cells.sort((a, b) => b.remainder - a.remainder);
  }
  extra.sort((a, b) => b.remainder - a.remainder);

  for (const column of due) if (!grant(column, new Set())) return undefined;
  for (const { column } of extra) grant(column, new Set());
  if (rows.some((row) => row.missing > 0)) return undefined;
  return rows.map((row) => row.cells.map((cell) => cell.floor + Number(cell.raised)));
}

/** Gives a part one more sample, if need be by moving units of classes between other parts. */
function grant(column: Column, seen: Set<Row>): boolean {
  const isOpen = (cell: Cell) => cell.remainder > 0 && !cell.raised && !seen.has(cell.row);
  const free = column.cells.find((cell) => cell.row.missing > 0 && isOpen(cell));
  if (free) {
    free.row.missing--;
    free.raised = true;
    return true;
  }
  for (const cell of column.cells) {
    if (!isOpen(cell)) continue;
    seen.add(cell.row);
    for (const other of cell.row.cells) {
      if (other.raised && grant(other.column, seen)) {
        other.raised = false;
        cell.raised = true;
        return true;
      }
    }
  }
  return false;
}

function split(share: number): { floor: number; remainder: number } {
  const floor = Math.floor(share);
  const remainder = Math.round((share - floor) * GRID);
  return remainder === GRID ? { floor: floor + 1, remainder: 0 } : { floor, remainder };
}

function isZero(cell: Cell): boolean {
  return cell.floor === 0 && cell.remainder === 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
