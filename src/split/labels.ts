/** Samples by class. */
import { type ArrayInput, describeShape, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Group } from "./draw.js";
import type { Table } from "./part.js";

/** One class and the numbers of its rows, ascending. */
export interface LabelClass extends Group {
  readonly label: number;
}

/**
 * The classes that occur in the labels, by ascending label.
 *
 * @param y Labels of shape [n] or [n, 1], any numbers, or one-hot rows [n, k], whose labels are the column numbers.
 * @param what The argument's name, for error messages.
 * @throws ShapeError for other shapes; RangeError for a label NaN and for a row that is not one-hot.
 */
export function groupByClass(y: ArrayInput, what: string): LabelClass[] {
  const { data, shape } = toNDArray(y, what);
  const [length = 0, width = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || width < 1) {
    throw new ShapeError(
      `${what}: expected labels of shape [n] or [n, 1], or one-hot rows [n, k], got ${describeShape(shape)}`,
    );
  }
  const classes = new Map<number, LabelClass>();
  for (let row = 0; row < length; row++) {
    const label = width === 1 ? (data[row] as number) : hotColumn(data.subarray(row * width, (row + 1) * width));
    if (label === undefined) {
      throw new RangeError(`${what}: row ${row} is not one-hot: expected a single 1 among zeros`);
    }
    if (Number.isNaN(label)) throw new RangeError(`${what}: NaN at row ${row} is no label`);
    const known = classes.get(label);
    if (known) known.rows.push(row);
    else classes.set(label, { label, name: `class ${label}`, rows: [row] });
  }
  return [...classes.values()].sort((a, b) => a.label - b.label);
}

/** The classes of the array `y` of checked data. */
export function groupData({ arrays }: Table, where: string): LabelClass[] {
  if (arrays.y) return groupByClass(arrays.y, `${where}: y`);
  throw new TypeError(`${where}: the labels must be among the data as y, got only ${Object.keys(arrays).join(", ")}`);
}

function hotColumn(row: ArrayLike<number>): number | undefined {
  let hot: number | undefined;
  for (let column = 0; column < row.length; column++) {
    if (row[column] === 0) continue;
    if (row[column] !== 1 || hot !== undefined) return undefined;
    hot = column;
  }
  return hot;
}
