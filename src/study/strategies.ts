/** Which configurations run for how many epochs: all to the end, or more and more epochs for fewer and fewer. */
import { LanewiseError } from "../errors.js";
import { draw, listAll } from "./candidates.js";
import { type Configuration, keyOf } from "./configuration.js";
import { isRange, type Space } from "./space.js";

export const STRATEGIES = ["grid", "random", "halving", "hyperband"] as const;
export type StrategyName = (typeof STRATEGIES)[number];

export interface Plan {
  readonly strategy: StrategyName;
  /** How many configurations are drawn; null: all there are for grid and halving, unless there are ranges, else 60. */
  readonly trials: number | null;
  /** Halving and Hyperband keep one configuration in so many. */
  readonly eta: number;
  readonly seed: number;
}

/** A configuration, and how many epochs of it. */
export interface Trial {
  readonly configuration: Configuration;
  readonly epochs: number;
}

/** Best first. */
export type Rank = (trials: readonly Trial[]) => Trial[];

/**
 * Rounds of trials. All trials of a round must have run before the next is asked for: so what is tried does not depend on which
 * run ends first.
 */
export type Rounds = Generator<readonly Trial[], void, Rank>;

export function planRounds(space: Space, plan: Plan): Rounds {
  const { strategy, seed } = plan;
  if (strategy === "hyperband") return hyperband(space, plan);
  const mustDraw = strategy === "random" || (strategy === "halving" && Object.values(space.axes).some(isRange));
  const trials = plan.trials ?? (mustDraw ? DEFAULT_TRIALS : null);
  const configurations = trials === null ? listAll(space) : draw(space, trials, seed);
  return strategy === "halving" ? halving(configurations, space.epochs, plan.eta) : once(configurations, space.epochs);
}

/** Where configurations are drawn. */
export const DEFAULT_TRIALS = 60;

/** Halving has at most so many rounds, so that the shortest runs are not too short to tell anything. */
const MOST_RUNGS = 3;

function* once(configurations: readonly Configuration[], epochs: number): Rounds {
  if (configurations.length === 0) throw new LanewiseError("the space has no configuration");
  yield configurations.map((configuration) => ({ configuration, epochs }));
}

/** Successive halving (Jamieson and Talwalkar 2016): the best 1 / eta of each round run eta times as long in the next. */
function* halving(configurations: readonly Configuration[], epochs: number, eta: number): Rounds {
  const budgets = ladder(epochs, eta).slice(-MOST_RUNGS);
  let left = configurations;
  for (const [rung, budget] of budgets.entries()) {
    const trials = left.map((configuration) => ({ configuration, epochs: budget }));
    const rank = yield trials;
    if (rung < budgets.length - 1) left = best(rank(trials), left.length / eta);
  }
}

/**
 * Hyperband (Li et al. 2018): several halvings at once, from many configurations with few epochs to few with all of them, as
 * nobody knows beforehand how early one can tell.
 */
function* hyperband(space: Space, { eta, seed }: Plan): Rounds {
  const budgets = ladder(space.epochs, eta);
  const rungs = budgets.length;
  const brackets = budgets.map((_, start) => {
    const length = rungs - start;
    const count = Math.ceil((rungs / length) * eta ** (length - 1));
    return { start, left: draw(space, count, seed, start) };
  });
  for (const [round] of budgets.entries()) {
    const running = brackets
      .filter(({ start }) => start + round < rungs)
      .map((bracket) => ({
        bracket,
        trials: bracket.left.map((configuration) => ({ configuration, epochs: budgets[bracket.start + round] ?? 1 })),
      }));
    const rank = yield withoutTwins(running.flatMap(({ trials }) => trials));
    for (const { bracket, trials } of running) bracket.left = best(rank(trials), trials.length / eta);
  }
}

/** Epochs from few to all, each about eta times the one before. */
function ladder(epochs: number, eta: number): number[] {
  const budgets = [epochs];
  for (let share = epochs / eta; share >= 1; share /= eta) budgets.unshift(Math.ceil(share));
  return budgets;
}

function best(ranked: readonly Trial[], count: number): Configuration[] {
  return ranked.slice(0, Math.max(1, Math.floor(count))).map(({ configuration }) => configuration);
}

function withoutTwins(trials: readonly Trial[]): Trial[] {
  return [...new Map(trials.map((trial) => [`${trial.epochs} ${keyOf(trial.configuration)}`, trial])).values()];
}
