/** What holds for every metric: made from the table, so that a new one is tested without a new test. */
import { describe, expect, it } from "vitest";
import { layers, type Metric, metrics, Sequential } from "../../src/index.js";
import { toSnakeCase } from "../../src/lookup.js";
import type { MetricResult } from "../../src/metrics/index.js";
import { configured, modelMetrics, shares, threeClasses } from "../helpers/metric-members.js";

const rows = 50;
const { yTrue, yPred } = threeClasses(rows);
const sampleWeight = shares(rows, 3);

describe.each(configured)("%s", (_, metric) => {
  it("gives exactly the same figure wherever the data is cut", () => {
    for (const weights of [undefined, sampleWeight]) {
      const whole = cut(metric, [rows], weights);
      for (const sizes of [[1], [7], [13, 1, 3], [49]]) {
        expect(cut(metric, sizes, weights)).toEqual(whole);
      }
      expect(figures(metric(yTrue, yPred, { sampleWeight: weights ?? null }))).toEqual(whole);
    }
  });

  it("goes on from where it was saved", () => {
    const [first, second] = [metric.start(), metric.start()];
    first.updateState(yTrue.slice(0, 20), yPred.slice(0, 20));
    second.restore?.(JSON.parse(JSON.stringify(first.save?.())));
    for (const running of [first, second]) running.updateState(yTrue.slice(20), yPred.slice(20));
    expect(figures(second.result())).toEqual(figures(metric(yTrue, yPred)));
    expect(figures(first.result())).toEqual(figures(second.result()));
  });

  it("gives the same in a model, whatever the batch size", async () => {
    const expected = [...figures(metric(yTrue, yPred)), ...figures(metric(yTrue, yPred, { sampleWeight }))];
    for (const batchSize of [1, 13, rows]) {
      const measured = await evaluate({ metrics: [metric], weightedMetrics: [metric] }, batchSize);
      expect(Object.values(measured)).toEqual(expected);
    }
  });

  it("has nothing to say of nothing, but says it", () => {
    for (const figure of figures(metric.start().result())) expect(figure).toEqual(expect.any(Number));
  });
});

describe.each(Object.entries(modelMetrics))("%s", (name, member) => {
  const snake = toSnakeCase(name);

  it("is found by its name in both cases, where it needs no options", async () => {
    let metric: Metric;
    try {
      metric = (member as unknown as () => Metric)();
    } catch (error) {
      expect((error as Error).message).toMatch(/: expected .*, got undefined$/);
      return;
    }
    const expected = await evaluate({ metrics: [metric] }, rows);
    expect(Object.keys(expected)[0]).toMatch(new RegExp(`^${metric.name}(_0)?$`));
    for (const given of name === "accuracy" ? [] : [name, snake]) {
      const measured = await evaluate({ metrics: [given] }, rows);
      expect(Object.values(measured)).toEqual(Object.values(expected));
      expect(Object.keys(measured)[0]).toMatch(new RegExp(`^${given}(_0)?$`));
    }
    expect(Object.values(await evaluate({ metrics: [member] }, rows))).toEqual(Object.values(expected));
  });

  it("refuses an option that it does not have", () => {
    const make = member as unknown as (options: object) => Metric;
    expect(() => make({ treshold: 1 })).toThrow("unknown option 'treshold'");
    expect(() => make({ name: 1 })).toThrow("name: expected a text, got 1");
  });
});

it.each(["thresholds", "labelWeights"])("auc wants a list for %s", (option) => {
  expect(() => metrics.auc({ [option]: 0.5 } as never)).toThrow(
    new TypeError(`auc: ${option}: expected an array of numbers, got 0.5`),
  );
});

/** The figures after the data has been taken in in parts of these sizes, over and over. */
function cut(
  metric: (typeof configured)[number][1],
  sizes: readonly number[],
  weights: number[] | undefined,
): number[] {
  const running = metric.start();
  for (let first = 0, part = 0; first < rows; part++) {
    const end = Math.min(rows, first + (sizes[part % sizes.length] as number));
    running.updateState(yTrue.slice(first, end), yPred.slice(first, end), {
      sampleWeight: weights?.slice(first, end) ?? null,
    });
    first = end;
  }
  return figures(running.result());
}

function figures(result: MetricResult): number[] {
  return typeof result === "number" ? [result] : [...result.data];
}

/** Of a model that hands the predictions through. */
async function evaluate(options: object, batchSize: number) {
  const model = new Sequential([layers.activation({ activation: "linear", inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse", ...options });
  const { loss, ...measured } = await model.evaluate(yPred, yTrue, { batchSize, sampleWeight });
  expect(loss).toBeGreaterThan(0);
  return measured;
}
