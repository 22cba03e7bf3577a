import { describe, expect, it } from "vitest";
import { keyOf } from "../../src/study/configuration.js";
import { defaultSpace, readSpace, type Space } from "../../src/study/space.js";
import { type Plan, planRounds, type StrategyName, type Trial } from "../../src/study/strategies.js";

/** Runs the rounds, with wider networks better, and gives them. */
function play(space: Space, strategy: StrategyName, options: Partial<Plan> = {}): Trial[][] {
  const rounds: Trial[][] = [];
  const generator = planRounds(space, { strategy, trials: null, eta: 3, seed: 1, ...options });
  const width = ({ configuration }: Trial) => configuration.layers.reduce((sum, units) => sum + units, 0);
  for (let step = generator.next(() => []); !step.done; ) {
    rounds.push([...step.value]);
    step = generator.next((trials) => [...trials].sort((a, b) => width(b) - width(a)));
  }
  return rounds;
}

const shape = (rounds: readonly Trial[][]) => rounds.map((trials) => trials.map(({ epochs }) => epochs).join(" "));

describe("grid and random", () => {
  it("run everything to the end in one round", () => {
    const grid = play(defaultSpace, "grid");
    expect(grid.map((trials) => trials.length)).toEqual([60]);
    expect(grid[0]?.every(({ epochs }) => epochs === 20)).toBe(true);
    expect(play(defaultSpace, "random", { trials: 7 }).map((trials) => trials.length)).toEqual([7]);
  });
});

describe("halving", () => {
  it("gives the best third three times as many epochs", () => {
    const space = readSpace({ epochs: 18, width: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, "s");
    const rounds = play(space, "halving");
    expect(shape(rounds)).toEqual(["2 2 2 2 2 2 2 2 2", "6 6 6", "18"]);
    expect(rounds[1]?.map(({ configuration }) => configuration.layers[0])).toEqual([9, 8, 7]);
    expect(rounds[2]?.[0]?.configuration.layers).toEqual([9, 9]);
  });

  it("draws from ranges", () => {
    const space = readSpace({ epochs: 9, width: { min: 1, max: 500 } }, "s");
    expect(play(space, "halving").map((trials) => trials.length)).toEqual([60, 20, 6]);
    expect(play(space, "halving", { trials: 9 }).map((trials) => trials.length)).toEqual([9, 3, 1]);
  });

  it("has no more rounds than there are epochs, and always one survivor", () => {
    const space = readSpace({ epochs: 1, width: [1, 2] }, "s");
    expect(shape(play(space, "halving"))).toEqual(["1 1"]);
    expect(shape(play({ ...space, epochs: 9 }, "halving", { eta: 4 }))).toEqual(["3 3", "9"]);
  });
});

describe("hyperband", () => {
  const space = readSpace({ epochs: 9, width: { min: 1, max: 1000 } }, "s");

  it("runs brackets side by side, from many short runs to a few long ones", () => {
    expect(shape(play(space, "hyperband"))).toEqual(["1 1 1 1 1 1 1 1 1 3 3 3 3 3 9 9 9", "3 3 3 9", "9"]);
  });

  it("keeps the best of each bracket", () => {
    const [first, second] = play(space, "hyperband");
    const widths = (trials: Trial[] | undefined, epochs: number) =>
      (trials ?? [])
        .filter((trial) => trial.epochs === epochs)
        .map(({ configuration }) => configuration.layers[0] ?? 0);
    const sorted = widths(first, 1).sort((a, b) => b - a);
    expect(widths(second, 3)).toEqual(sorted.slice(0, 3));
  });

  it("asks for no trial twice in a round", () => {
    const small = readSpace({ epochs: 9, width: [1, 2] }, "s");
    for (const trials of play(small, "hyperband")) {
      const keys = trials.map(({ configuration, epochs }) => `${epochs} ${keyOf(configuration)}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
