/** How often a network is right when it says that it is so and so sure. */
import { type Axis, axes, drawing, frame, HEIGHT, label, marker, path } from "./chart.js";
import { linearScale } from "./scale.js";
import { element } from "./xml.js";

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Means over the bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

export function reliabilityDiagram(bins: readonly ReliabilityBin[], title: string, description: string): string {
  const box = frame();
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => ({ value, text: `${value * 100}` }));
  const x: Axis = { label: "confidence, %", scale: linearScale([0, 1], [box.left, box.right]), ticks };
  const y: Axis = { label: "right, %", scale: linearScale([0, 1], [box.bottom, box.top]), ticks };
  const filled = bins.filter(({ count }) => count > 0);
  const most = Math.max(1, ...filled.map(({ count }) => count));
  const bars = filled.map(({ from, to, count }) => {
    const high = (count / most) * 40;
    const [left, right] = [x.scale(from), x.scale(to)];
    return element("rect", {
      class: "count",
      x: left + 1,
      y: box.bottom - high,
      width: right - left - 2,
      height: high,
    });
  });
  const points = filled.map(({ confidence, accuracy }) => [x.scale(confidence), y.scale(accuracy)] as const);
  return drawing(
    title,
    description,
    HEIGHT,
    axes(box, x, y),
    ...bars,
    path(
      [
        [x.scale(0), y.scale(0)],
        [x.scale(1), y.scale(1)],
      ],
      { class: "ideal" },
    ),
    label("as sure as right", x.scale(0.12) + 8, y.scale(0.12) + 10, "start", "small"),
    path(points, { class: "line s0" }),
    ...filled.map(({ confidence, accuracy, count }) =>
      marker(
        0,
        x.scale(confidence),
        y.scale(accuracy),
        3.5,
        `${count} samples, ${(accuracy * 100).toFixed(1)} % right`,
      ),
    ),
  );
}
