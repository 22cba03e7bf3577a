/** `lanewise train --report`: a page about one run. */
import { writeFiles } from "../files/write.js";
import type { NDArray, Sequential } from "../index.js";
import { renderRunReport } from "../report/run-report.js";
import { describeLayers } from "../study/configuration.js";
import { examine } from "../study/examine.js";
import { countParameters } from "../study/network.js";
import type { DataSet } from "./data.js";
import { describeReproduction } from "./reproduction.js";
import type { Run } from "./train.js";
import type { TrainOptions } from "./train-options.js";

interface Results {
  readonly options: TrainOptions;
  readonly data: DataSet;
  readonly run: Run;
  /** The weights that training began with. */
  readonly start: readonly NDArray[];
  readonly args: readonly string[];
}

export async function saveRunReport(
  path: string,
  model: Sequential,
  { options, data, run, start, args }: Results,
): Promise<void> {
  const { parts, summary } = data;
  const { loss = [], accuracy = [], val_loss = [], val_accuracy = [] } = run.history.history;
  const began = performance.now();
  await model.predict(parts.test.x);
  const microsecondsPerPrediction = ((performance.now() - began) * 1000) / parts.test.rows.length;
  const page = renderRunReport({
    name: [options.activation, describeLayers(options.layers)].join(", "),
    curves: { loss, accuracy, validationLoss: val_loss, validationAccuracy: val_accuracy },
    parameters: countParameters(model),
    seconds: run.seconds,
    microsecondsPerPrediction,
    sizes: {
      train: parts.train.rows.length,
      validation: parts.validation.rows.length,
      test: parts.test.rows.length,
    },
    examination: await examine(model, parts.test, summary.classes, start),
    reproduction: describeReproduction("train", args, options.seed, [summary.images, summary.labels]),
  });
  await writeFiles([{ path, bytes: new TextEncoder().encode(page) }]);
}
