/** How well a model, or several together, do on samples that they have not seen. */
import { type Judged, type Judgement, judge } from "../study/judge.js";
import { targetsFor } from "../study/network.js";
import { type Ensemble, predictProbabilities } from "./classifier.js";
import type { Samples } from "./data.js";

/** A sample whose class the model got wrong. */
export interface Mistake extends Omit<Judgement, "probabilityOfTrue"> {
  readonly loss: number;
}

export interface TestResult extends Omit<Judged, "judgements"> {
  readonly samples: number;
  readonly correct: number;
  /** The model's own. Of several: -ln of the true class's mean probability, the mean over all samples. */
  readonly loss: number;
  /** Those with the largest losses, worst first. */
  readonly mistakes: readonly Mistake[];
}

const MISTAKES = 5;
/** The smallest probability above 0 that a float32 can hold. */
const LEAST_PROBABILITY = 2 ** -149;

export async function testModels(ensemble: Ensemble, { x, y, rows }: Samples): Promise<TestResult> {
  const [{ model, classes }, ...others] = ensemble;
  const probabilities = await predictProbabilities(ensemble, x);
  const { judgements, ...judged } = judge(probabilities, { y, rows }, classes);
  const { loss = Number.NaN } =
    others.length === 0
      ? await model.evaluate(x, targetsFor(model, y, classes.length))
      : { loss: judgements.reduce((sum, one) => sum + lossOf(one), 0) / rows.length };
  return {
    samples: rows.length,
    correct: judgements.filter(isRight).length,
    loss,
    ...judged,
    mistakes: judgements
      .filter((one) => !isRight(one))
      .map((one) => {
        const { probabilityOfTrue: _, ...rest } = one;
        return { ...rest, loss: lossOf(one) };
      })
      .sort((a, b) => b.loss - a.loss)
      .slice(0, MISTAKES),
  };
}

function isRight({ trueClass, predictedClass }: Judgement): boolean {
  return trueClass === predictedClass;
}

function lossOf({ probabilityOfTrue }: Judgement): number {
  return -Math.log(Math.max(probabilityOfTrue, LEAST_PROBABILITY));
}
