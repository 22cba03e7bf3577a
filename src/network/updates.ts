/** How the gradients of a batch become new weights: a part at a time as they come, or all at once behind the last. */
import type { TrainingPass, Weight } from "../layers/layer.js";
import type { Optimizer } from "../optimizers/index.js";
import { average, needsWholeGradients, type Parameter, setToAverages, updateWhole } from "../optimizers/step.js";
import { offset, type Pointer } from "../wasm/kernels.js";
import type { Network } from "./network.js";
import { planConstraints, planPenaltyGradients } from "./penalties.js";

type TakeGradient = TrainingPass["update"];

export interface Updates {
  /** Begins a step. What it returns takes the gradients, each row of a weight at most once, and may overwrite them. */
  begin(iteration: number): TakeGradient;
  /** Ends the step, when all gradients have come. */
  end(iteration: number): void;
  /**
   * Behind the last step of a training: sets the weights to their averages, if the optimizer keeps them. Without a step
   * there is nothing to set, unless training was resumed when its last step had been taken.
   */
  finish(resumed: boolean): void;
}

/** Gradients are used at once, while they are in the cache, or collected where the optimizer needs them whole. */
export function planUpdates(network: Network, optimizer: Optimizer): Updates {
  const { arena, weights } = network;
  const { kernels } = arena;
  const { accumulation } = optimizer;
  const whole = needsWholeGradients(optimizer);
  const penalties = planPenaltyGradients(network);
  const constrain = planConstraints(network);
  /** The weights whose gradients came in this step. Nothing happens to the others, which are frozen. */
  const learning = new Set<Weight>();
  const collected = new Map<Weight, Pointer>();
  for (const weight of whole ? weights.filter(({ trainable }) => trainable !== false) : []) {
    const sum = accumulation && weight.state[accumulation.slot];
    collected.set(weight, sum ?? arena.allocate(toParameter(weight).length));
  }

  const collect: TakeGradient = (weight, firstRow, rows, gradient) => {
    const target = offset(collected.get(weight) as Pointer, firstRow * weight.stride);
    const length = rows * weight.stride;
    if (accumulation) kernels.blend(target, gradient, 1, 1, length);
    else kernels.copyRows(target, length, gradient, length, 1, length);
  };

  function stream(iteration: number): TakeGradient {
    const update = optimizer.step(iteration);
    return (weight, firstRow, rows, gradient) => {
      const first = firstRow * weight.stride;
      const state = weight.state.map((slot) => offset(slot, first));
      update(kernels, offset(weight.pointer, first), state, gradient, rows * weight.stride, weight.path);
    };
  }

  return {
    begin(iteration) {
      learning.clear();
      const take = whole ? collect : stream(iteration);
      const addPenalty = penalties.begin();
      return (weight, firstRow, rows, gradient) => {
        learning.add(weight);
        addPenalty(weight, firstRow, rows, gradient);
        take(weight, firstRow, rows, gradient);
      };
    },
    end(iteration) {
      const learned = weights.filter((weight) => learning.has(weight));
      if (whole) {
        const parameters = learned.map((weight) => {
          return { ...toParameter(weight), gradient: collected.get(weight) as Pointer };
        });
        updateWhole(kernels, optimizer, iteration, parameters);
      }
      average(kernels, optimizer, iteration, learned.map(toParameter));
      constrain(learned);
    },
    finish(resumed) {
      const learned = learning.size === 0 && resumed ? weights.filter(({ state }) => state.length > 0) : [...learning];
      setToAverages(kernels, optimizer, learned.map(toParameter));
    },
  };
}

function toParameter({ pointer, state, rows, stride, path }: Weight): Parameter {
  return { pointer, state, length: rows * stride, path };
}
