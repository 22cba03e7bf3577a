/** The mean and the sum of plain values, as in Keras. */
import { describe, expect, it } from "vitest";
import { layers, metrics, Sequential } from "../../src/index.js";

describe("mean", () => {
  it("is of all values, each by its weight", () => {
    expect(metrics.mean([1, 3, 5, 7])).toBe(4);
    expect(metrics.mean([1, 3, 5, 7], { sampleWeight: [1, 1, 0, 0] })).toBe(2);
    expect(
      metrics.mean(
        [
          [1, 3],
          [5, 7],
        ],
        { sampleWeight: [3, 1] },
      ),
    ).toBe((3 * 4 + 12) / 8);
    expect(metrics.mean(5)).toBe(5);
    expect(metrics.mean([], {})).toBe(0);
  });

  it("runs over parts, and starts again", () => {
    const running = metrics.mean({ name: "own" }).start();
    running.updateState([1, 3]);
    running.updateState([[8, 0, 16]]);
    expect(running.result()).toBe(4);
    running.resetState();
    expect(running.result()).toBe(0);
  });
});

describe("sum", () => {
  it("is of all values, each times its weight", () => {
    expect(metrics.sum([1, 3, 5, 7])).toBe(16);
    expect(metrics.sum([1, 3, 5, 7], { sampleWeight: [1, 1, 0, 0] })).toBe(4);
    expect(
      metrics.sum()(
        [
          [1, 3],
          [5, 7],
        ],
        { sampleWeight: 2 },
      ),
    ).toBe(32);
  });
});

describe("both", () => {
  it("have names, and are nothing for a model", () => {
    expect(metrics.mean({ name: "own" }).name).toBe("own");
    expect(metrics.sum().className).toBe("Sum");
    const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
    for (const metric of [metrics.mean, metrics.sum({ name: "own" })] as const) {
      expect(() => model.compile({ optimizer: "sgd", loss: "mse", metrics: [metric as never] })).toThrow(
        "measures values, not targets and predictions",
      );
    }
  });

  it("refuse weights that do not fit", () => {
    expect(() => metrics.sum([1, 2], { sampleWeight: [1, 2, 3] })).toThrow(
      "sampleWeight: expected a shape that broadcasts to [2], got [3]",
    );
  });
});
