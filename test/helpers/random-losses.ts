/** Every loss of the table, with options drawn for the names that stand in its config. */
import { losses } from "../../src/index.js";
import { toCamelCase } from "../../src/lookup.js";
import type { Loss, LossFunction, LossOptions } from "../../src/losses/index.js";
import { hash } from "./data.js";

const reductions = ["sum_over_batch_size", "mean_with_sample_weight", "sum"] as const;

/** Values of options by their names in the config, from a number in [0, 1). A new name needs a line. */
const values: Readonly<Record<string, (random: number) => unknown>> = {
  alpha: (random) => random,
  apply_class_balancing: (random) => random < 0.5,
  axis: (random) => (random < 0.5 ? -1 : undefined),
  beta: (random) => random,
  delta: (random) => 0.1 + random,
  from_logits: (random) => random < 0.5,
  gamma: (random) => 0.5 + 2 * random,
  ignore_class: (random) => (random < 0.5 ? 1 : undefined),
  label_smoothing: (random) => 0.4 * random,
  margin: (random) => 0.5 * random,
  q: (random) => 0.1 + 0.8 * random,
  reduction: (random) => reductions[Math.floor(3 * random)],
  remove_diagonal: (random) => random < 0.5,
};

interface Member {
  readonly name: string;
  /** The table's function: to configure, and to call with arrays. */
  readonly make: ((options?: LossOptions) => Loss) & LossFunction<LossOptions>;
}

/** Each loss once, by its own name. */
export const members: readonly Member[] = [...new Set<unknown>(Object.values(losses))].map((member) => {
  const make = member as Member["make"];
  return { name: make().name, make };
});

export function randomOptions(make: Member["make"], salt: number): LossOptions {
  const options = Object.keys(make().config).map((key, index) => {
    const draw = values[key];
    if (!draw) throw new Error(`no values for the option ${key}`);
    return [toCamelCase(key), draw(hash(index, salt) / 2 ** 32)];
  });
  return Object.fromEntries(options.filter(([, value]) => value !== undefined));
}
