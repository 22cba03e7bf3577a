/** A batch of samples as rows along their last axis, for a layer that treats all of them alike. */
import { sizeOf } from "../arrays.js";
import { offset, type Pointer, toStride } from "../wasm/kernels.js";
import { denseInput } from "./common.js";
import type { PlanContext, Step, Values } from "./layer.js";

/**
 * The steps that do to the rows of samples what the step from `makeStep` does to rows. Rows that do not fill vectors are
 * moved apart before it, and together behind it.
 *
 * @param width That of the rows it leaves.
 */
export function innerSteps(context: PlanContext, width: number, makeStep: (inner: PlanContext) => Step): Step[] {
  const { arena, capacity, inputShape } = context;
  const columns = inputShape.at(-1) as number;
  const groups = sizeOf(inputShape) / columns;
  const steps: Step[] = [];

  /** Of values with rows `from` floats apart, those with rows `to` floats apart. */
  const move = (input: Values, from: number, to: number, length: number): Values => {
    if (from === to) return input;
    const stride = toStride(groups * to);
    const output = { pointer: arena.allocate(capacity * stride), width: groups * to, stride };
    const copy = (
      y: Pointer,
      yStride: number,
      yRow: number,
      x: Pointer,
      xStride: number,
      xRow: number,
      rows: number,
    ) => {
      for (let i = 0; i < rows; i++) {
        arena.kernels.copyRows(offset(y, i * yStride), yRow, offset(x, i * xStride), xRow, groups, length);
      }
    };
    steps.push({
      output,
      learns: false,
      forward: ({ rows }) => copy(output.pointer, stride, to, input.pointer, input.stride, from, rows),
      backward({ rows }, dOutput, dInput) {
        if (dInput !== undefined) copy(dInput, input.stride, from, dOutput, stride, to, rows);
      },
    });
    return output;
  };

  const { pointer } = move(denseInput(context), columns, toStride(columns), columns);
  const input = { pointer, width: columns, stride: toStride(columns) };
  const step = makeStep({ ...context, capacity: capacity * groups, input, inputShape: [columns] });
  const { stride } = step.output;
  const output = { ...step.output, width: groups * stride, stride: groups * stride };
  steps.push({
    output,
    learns: step.learns,
    forward: (pass) => step.forward({ rows: pass.rows * groups }),
    backward: (pass, dOutput, dInput) => step.backward({ ...pass, rows: pass.rows * groups }, dOutput, dInput),
  });
  move(output, stride, width, width);
  return steps;
}
