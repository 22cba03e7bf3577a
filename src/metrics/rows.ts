/** Reading single rows of a batch. */
import type { MetricBatch } from "./batch.js";

/** Where the largest of x[start, start + width) is: the first of equals, counted from `start`. As the kernel finds it. */
export function indexOfLargest(x: Float32Array, start: number, width: number): number {
  let index = 0;
  for (let j = 1; j < width; j++) if ((x[start + j] as number) > (x[start + index] as number)) index = j;
  return index;
}

/** The class that each row's target stands for: by its largest element, or as it is given. */
export function targetClasses({
  yTrue,
  memory: { targetWidth, targetStride, width, zeroClass },
}: MetricBatch): (row: number) => number {
  if (targetWidth === 1 && width > 1) return (row) => yTrue[row * targetStride] as number;
  return (row) => {
    const start = row * targetStride;
    const largest = indexOfLargest(yTrue, start, targetWidth);
    return zeroClass !== undefined && yTrue[start + largest] === 0 ? zeroClass : largest;
  };
}
