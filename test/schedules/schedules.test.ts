/** Schedules against Keras's numbers and PyTorch's formula, and in the hands of optimizers. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, optimizers, type Schedule, Sequential, StateError, schedules } from "../../src/index.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  /** Keras's name of the class. */
  readonly schedule: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly step: number;
  readonly expected: number;
  readonly test: string;
}

/** One of each, with a warm-up where there is one. */
const examples: readonly Schedule[] = [
  schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 }),
  schedules.inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5, staircase: true }),
  schedules.polynomialDecay({ initialLearningRate: 0.01, decaySteps: 7, warmupTarget: 0.1, warmupSteps: 2 }),
  schedules.piecewiseConstantDecay({ boundaries: [2, 5], values: [0.1, 0.2, 0.05] }),
  schedules.cosineDecay({ initialLearningRate: 0, decaySteps: 8, warmupTarget: 0.1, warmupSteps: 4 }),
  schedules.cosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 2, mMul: 0.9 }),
  schedules.oneCycle({ maxLearningRate: 0.2, totalSteps: 10 }),
];

describe("schedules", async () => {
  it.each(await readVectors<Vector>("keras-schedules.json"))("$schedule at $step as in Keras's $test", (vector) => {
    const { schedule: className, config, step, expected } = vector;
    const name = `${className.charAt(0).toLowerCase()}${className.slice(1)}` as keyof typeof schedules;
    const schedule = (schedules[name] as (options: object) => Schedule)(config);
    expect(schedule.className).toBe(className);
    expect(Math.abs(schedule(step) - expected)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)));
  });

  it.each(["cos", "linear"] as const)("oneCycle goes up and down as PyTorch's, annealing %s", (annealing) => {
    const schedule = schedules.oneCycle({ maxLearningRate: 0.2, totalSteps: 100, annealing });
    const [low, high, end] = [0.008, 0.2, 8e-7];
    const curve = (share: number) => (annealing === "cos" ? (1 - Math.cos(Math.PI * share)) / 2 : share);
    for (let step = 0; step < 110; step++) {
      const up = low + (high - low) * curve(step / 29);
      const down = high + (end - high) * curve(Math.min(step - 29, 70) / 70);
      expect(schedule(step)).toBeCloseTo(step <= 29 ? up : down, 12);
    }
  });

  it.each([
    [0, 0],
    [1, 0],
    [1, 1],
    [10, 0.1],
  ])("oneCycle in %d steps is finite when it goes up for a share of %d", (totalSteps, percentageStart) => {
    const schedule = schedules.oneCycle({ maxLearningRate: 1, totalSteps: Math.max(totalSteps, 1), percentageStart });
    for (let step = 0; step < 12; step++) expect(schedule(step)).toBeGreaterThan(0);
  });

  it("warm up from the initial rate to the target, and begin from there", () => {
    const warmup = { warmupTarget: 1, warmupSteps: 4 };
    const initialLearningRate = 0.2;
    const warmed = [
      schedules.exponentialDecay({ initialLearningRate, decaySteps: 3, decayRate: 0.5, ...warmup }),
      schedules.inverseTimeDecay({ initialLearningRate, decaySteps: 3, decayRate: 0.5, ...warmup }),
      schedules.polynomialDecay({ initialLearningRate, decaySteps: 3, ...warmup }),
      schedules.piecewiseConstantDecay({ boundaries: [2], values: [initialLearningRate, 0.1], ...warmup }),
      schedules.cosineDecay({ initialLearningRate, decaySteps: 3, ...warmup }),
      schedules.cosineDecayRestarts({ initialLearningRate, firstDecaySteps: 3, ...warmup }),
    ];
    for (const schedule of warmed) {
      [0.2, 0.4, 0.6, 0.8, 1].forEach((rate, step) => {
        expect(schedule(step)).toBeCloseTo(rate, 12);
      });
    }
    const cold = schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 3, decayRate: 0.5, warmupSteps: 9 });
    for (const step of [0, 1, 5, 20]) expect(warmed[0]?.(step + 4)).toBe(cold(step));
  });

  it("restart where a period ends, whatever its length", () => {
    for (const tMul of [1, 1.5, 2, 3]) {
      const schedule = schedules.cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 8, tMul, mMul: 0.5 });
      let end = 0;
      for (let period = 0; period < 5; period++) {
        expect(schedule(end)).toBe(0.5 ** period);
        end += 8 * tMul ** period;
        expect(schedule(end - 1e-6)).toBeCloseTo(0, 6);
      }
    }
    const shrinking = schedules.cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 8, tMul: 0.5 });
    expect(shrinking(8)).toBe(1);
    expect(Number.isFinite(shrinking(1000))).toBe(true);
  });
});

describe.each(examples)("$className", (schedule) => {
  it("is made again by its config, and called in two ways", () => {
    const name =
      `${schedule.className.charAt(0).toLowerCase()}${schedule.className.slice(1)}` as keyof typeof schedules;
    const again = (schedules[name] as (options: object) => Schedule)(schedule.config);
    expect(again.config).toEqual(schedule.config);
    for (let step = 0; step < 20; step++) {
      expect(again(step)).toBe(schedule.at(step));
      expect(schedule(step)).toBe(schedule.at(step));
    }
  });

  it("gives an optimizer its rates, alone and in a model, and cannot be overwritten by a number", async () => {
    const optimizer = optimizers.sgd({ learningRate: schedule });
    let w = ndarray(Float32Array.of(0));
    let expected = 0;
    for (let step = 0; step < 12; step++) {
      expect(optimizer.learningRate).toBe(schedule(step));
      [w] = optimizer.apply([[[1], w]]) as [typeof w];
      expected -= schedule(step);
      expect(w.data[0]).toBeCloseTo(expected, 5);
    }
    const model = new Sequential([layers.dense({ units: 1, useBias: false, inputShape: [1] })]);
    model.compile({ optimizer, loss: "mse" });
    await model.fit([[1]], [[0]], { epochs: 2 });
    const message = `sgd: learningRate: it follows ${schedule.className}, and can't be set to 0.1; make the optimizer with a number`;
    await expectFailure(() => (optimizer.learningRate = 0.1), StateError, message);
  });
});

describe("a learning rate", () => {
  it("may be any function of the step, and be exchanged for another", () => {
    const optimizer = optimizers.sgd({ learningRate: (step) => 1 / (1 + step) });
    const rates = Array.from({ length: 3 }, () => -(optimizer.apply([[1, 0]])[0]?.data[0] as number));
    expect(rates).toEqual([1, 0.5, Math.fround(1 / 3)]);
    optimizer.learningRate = schedules.piecewiseConstantDecay({ boundaries: [], values: [0.25] });
    expect(optimizer.apply([[1, 0]])[0]?.data[0]).toBe(-0.25);
  });

  const refused: readonly Refused[] = [
    [
      "a function that gives none",
      () => optimizers.adam({ learningRate: () => NaN }).apply([[1, 1]]),
      RangeError,
      "adam: learningRate at step 0: expected a number of at least 0, got NaN",
    ],
    [
      "a number below 0, set later",
      () => Object.assign(optimizers.adam(), { learningRate: -1 }),
      RangeError,
      "adam: learningRate: expected a number of at least 0, got -1",
    ],
    [
      "a misspelt option of a schedule",
      () => schedules.cosineDecay(wrong({ initialLearningRate: 1, steps: 3 })),
      TypeError,
      "cosineDecay: unknown option 'steps'; known: initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps",
    ],
    [
      "no steps",
      () => schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 1 }),
      RangeError,
      "exponentialDecay: decaySteps: expected a positive number, got 0",
    ],
    [
      "too few values",
      () => schedules.piecewiseConstantDecay({ boundaries: [1, 2], values: [1, 2] }),
      RangeError,
      "piecewiseConstantDecay: values: expected one more than boundaries, 3, got 2",
    ],
    [
      "boundaries out of order",
      () => schedules.piecewiseConstantDecay({ boundaries: [2, 1], values: [1, 2, 3] }),
      RangeError,
      "piecewiseConstantDecay: boundaries: expected ascending numbers, got 2, 1",
    ],
    [
      "another annealing",
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, annealing: wrong("sin") }),
      RangeError,
      `oneCycle: annealing: expected 'cos' or 'linear', got "sin"`,
    ],
  ];

  it.each(refused)("is refused: %s", async (_, make, error, message) => {
    await expectFailure(make as () => unknown, error, message);
  });
});
