import { beforeAll, describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { layers, Sequential } from "../../src/index.js";
import { type RunReport, renderRunReport } from "../../src/report/run-report.js";
import { renderStudyReport, type StudyReport, studyFigures } from "../../src/report/study-report.js";
import { completeConfiguration } from "../../src/study/configuration.js";
import { type Examination, examine } from "../../src/study/examine.js";
import type { TrialOutcomes } from "../../src/study/ranking.js";
import { makeTable } from "../../src/study/table.js";
import { makeResult } from "../study/helpers.js";
import { checkMarkup } from "./markup.js";

const reproduction = {
  version: "1.2.3",
  command: "lanewise study --out 'a <b> & \"c\"'",
  seed: 7,
  environment: [["Node", "v20"]] as const,
  files: [{ path: "<script>.npy", sha256: "f".repeat(64) }],
};

/** relu is the best, wider is better. */
function makeTrials(widths: readonly number[], depths: readonly number[]): TrialOutcomes[] {
  return ["relu", "tanh"].flatMap((activation) =>
    depths.flatMap((depth) =>
      widths.map((width) => ({
        configuration: completeConfiguration({ activation, layers: Array.from({ length: depth }, () => width) }),
        epochs: 2,
        outcomes: [0, 0.01, 0.02].map((luck) =>
          makeResult(0.8 + luck + width / 1000 + depth / 100 + (activation === "relu" ? 0.03 : 0)),
        ),
      })),
    ),
  );
}

function makeReport(trials: readonly TrialOutcomes[]): StudyReport {
  const settings = { epochs: 2, overlap: 0.25, inputs: 36, classes: 3 };
  const shortest = Math.min(...trials.map(({ epochs }) => epochs));
  return {
    rows: makeTable(trials, settings),
    compared: makeTable(
      trials.filter(({ epochs }) => epochs === shortest),
      settings,
    ),
    epochs: 2,
    replicates: 3,
    sizes: { train: 60, validation: 15, test: 25 },
    examination,
    workers: "2 cores",
    reproduction,
  };
}

let examination: Examination;

beforeAll(async () => {
  const model = new Sequential(
    [
      layers.flatten({ inputShape: [6, 6] }),
      layers.dense({ units: 5 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });
  const x = ndarray(
    Uint8Array.from({ length: 30 * 36 }, (_, index) => (index * 37) % 5),
    [30, 6, 6],
  );
  const y = ndarray(Int32Array.from({ length: 30 }, (_, index) => index % 3));
  const start = model.getWeights();
  // As if training had done no more than make one weight of the second unit larger
  const trained = start.map(({ data, shape }, index) =>
    ndarray(
      data.map((w, at) => w + (index === 0 && at === 6 ? 1 : 0)),
      shape,
    ),
  );
  model.setWeights(trained);
  examination = await examine(
    model,
    { x, y, rows: Uint32Array.from(y.data, (_, row) => row + 100) },
    [-1, 4, 9],
    start,
  );
});

describe("examine", () => {
  it("counts each sample once, everywhere", () => {
    const { confusion, bins, samples, accuracy, perClass } = examination;
    expect(samples).toBe(30);
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(30);
    expect(bins.reduce((sum, { count, accuracy: right }) => sum + count * right, 0)).toBeCloseTo(accuracy * 30, 9);
    expect(perClass.map(({ label }) => label)).toEqual(["-1", "4", "9"]);
  });

  it("shows the surest mistakes and the least certain hits, with rows of the file", () => {
    const { mistakes, hits } = examination;
    const falling = mistakes.map(({ probability }) => probability);
    expect([...falling].sort((a, b) => b - a)).toEqual(falling);
    const rising = hits.map(({ probability }) => probability);
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    for (const { row, trueClass, predictedClass, image } of [...mistakes, ...hits]) {
      expect(trueClass).toBe([-1, 4, 9][(row - 100) % 3]);
      expect([-1, 4, 9]).toContain(predictedClass);
      // The image of that row, from its least to its largest value
      expect([...(image?.pixels ?? [])]).toEqual(
        Array.from({ length: 36 }, (_, pixel) => Math.round((((((row - 100) * 36 + pixel) * 37) % 5) / 4) * 255)),
      );
    }
  });

  it("draws the first layer's units", () => {
    expect(examination).toMatchObject({ units: 5 });
    expect(examination.weights.map(({ pixels }) => pixels.length)).toEqual([36, 36, 36, 36, 36]);
    const changed = examination.changes.map(({ pixels }) => pixels.indexOf(255));
    expect(changed).toEqual([-1, 1, -1, -1, -1]);
    expect([...(examination.changes[0]?.pixels ?? [])]).toEqual(Array.from({ length: 36 }, () => 128));
    for (const { pixels } of examination.weights) expect(pixels.some((byte) => byte === 0 || byte === 255)).toBe(true);
  });
});

describe("the report of a study", () => {
  it("is one well-formed file that needs nothing else, and escapes what comes from outside", () => {
    const page = renderStudyReport(makeReport(makeTrials([8, 16, 32], [1, 2])));
    checkMarkup(page);
    expect(page).not.toMatch(/<script|<link|@import|url\(|href=|src="(?!data:image\/png;base64,)/);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(page).toContain("&lt;script&gt;.npy");
    expect(page).toContain("a &lt;b&gt; &amp; &quot;c&quot;");
  });

  it("has every figure, with a text alternative, units and its numbers", () => {
    const figures = studyFigures(makeReport(makeTrials([8, 16, 32], [1, 2])));
    expect(figures.map(({ id }) => id)).toEqual([
      ...["by-activation", "by-units-per-layer", "by-hidden-layers", "map-relu", "map-tanh"],
      ...["pareto-parameters", "pareto-time", "winner-loss", "winner-accuracy", "curves-by-activation"],
      ...["confusion", "reliability", "mistakes", "hits", "weights", "changes"],
    ]);
    for (const { drawing, data, caption, id } of figures) {
      checkMarkup(drawing);
      expect(caption.length, id).toBeGreaterThan(20);
      if (drawing.startsWith("<svg")) {
        expect(drawing, id).toMatch(
          /<svg [^>]*role="img" aria-label="[^"]{20,}"><title>[^<]+<\/title><desc>[^<]{20,}<\/desc>/,
        );
      } else {
        expect(drawing, id).toMatch(/<img src="data:image\/png;base64,[^"]+" alt="[^"]+"\/>/);
      }
      for (const row of data.rows) expect(row.length, id).toBe(data.columns.length);
    }
    const units = figures.map(({ drawing }) => drawing).join("");
    for (const unit of [
      "validation accuracy, %",
      "cross-entropy, nats",
      "parameters, log scale",
      "seconds of training, log scale",
    ]) {
      expect(units).toContain(`>${unit}</text>`);
    }
  });

  it("draws every number inside its frame", () => {
    for (const { drawing } of studyFigures(makeReport(makeTrials([8, 16, 32], [1, 2])))) {
      const height = Number(/viewBox="0 0 360 (\d+(\.\d+)?)"/.exec(drawing)?.[1]);
      if (!height) continue;
      const places = (names: string) =>
        [...drawing.matchAll(new RegExp(` (?:${names})="(-?[\\d.]+)"`, "g"))].map(([, place]) => Number(place));
      for (const x of places("x|x1|x2|cx")) expect(x >= 0 && x <= 360).toBe(true);
      for (const y of places("y|y1|y2|cy")) expect(y >= 0 && y <= height).toBe(true);
    }
  });

  it("says who won, by how much, at what cost, and what each setting gives", () => {
    const page = renderStudyReport(makeReport(makeTrials([8, 16, 32], [1, 2])));
    expect(page).toContain(
      "relu, 2 x 32 did best: 89.20 ± 2.48 % of the validation samples right, the mean of 3 runs, and 88.20",
    );
    expect(page).toContain("The next is relu, 1 x 32, 1.00 points behind");
    expect(page).toContain("Activation, all else being equal: relu is 3.00 points ahead of tanh");
    expect(page).toContain("Units per layer, all else being equal: 32 is 2.40 points ahead of 8");
    expect(page).toContain("lanewise</dt><dd>1.2.3");
  });

  it("counts the others only where there are several, and writes a very small p without an equals sign", () => {
    const two = renderStudyReport(makeReport(makeTrials([8], [1])));
    expect(two).toContain("The next is ");
    expect(two).not.toContain("others,");
    const several = renderStudyReport(makeReport(makeTrials([8, 16, 32], [1, 2])));
    expect(several).toMatch(/Of the 11 others, /);
    for (const page of [two, several]) expect(page).not.toContain("p = &lt;");
  });

  it("compares settings by the runs that all configurations had, where some were stopped early", () => {
    const trials = makeTrials([8, 16, 32], [1, 2]);
    const short = trials.map((trial) => ({ ...trial, epochs: 1 }));
    const report = makeReport([...short, ...trials.slice(0, 2)]);
    const figures = studyFigures(report);
    expect(figures.find(({ id }) => id === "pareto-parameters")?.data.rows.length).toBe(12);
    expect(figures.map(({ id }) => id)).toContain("map-relu");
    expect(renderStudyReport(report)).toContain("These figures are of the 12 configurations after 1 epoch, before");
    expect(renderStudyReport(makeReport(trials))).not.toContain("These figures are of");
  });

  it("does with layers that differ, one configuration, one run, and what has diverged", () => {
    const [first, ...others] = makeTrials([8], [1]).map((trial) => ({
      ...trial,
      outcomes: trial.outcomes.slice(0, 1),
    }));
    if (!first) throw new Error("no trial");
    const uneven = { ...first, configuration: { ...first.configuration, layers: [8, 4] } };
    const diverged = {
      ...first,
      configuration: { ...first.configuration, dropout: 0.5 },
      outcomes: [{ diverged: "…" }],
    };
    for (const trials of [[first], [first, ...others], [uneven, first], [first, diverged, ...others]]) {
      const page = renderStudyReport(makeReport(trials));
      checkMarkup(page);
      expect(page).not.toMatch(/NaN|undefined|Infinity/);
    }
    expect(renderStudyReport(makeReport([first, diverged]))).toContain(
      "In 1 configuration training diverged in at least one run",
    );
  });
});

describe("the report of a run", () => {
  it("has the same parts", () => {
    const [outcome] = makeTrials([8], [1])[0]?.outcomes ?? [];
    if (!outcome || !("curves" in outcome)) throw new Error("no run");
    const report: RunReport = {
      name: "relu, 1 x 8",
      curves: outcome.curves,
      parameters: 99,
      seconds: 1,
      microsecondsPerPrediction: 2,
      sizes: { train: 60, validation: 15, test: 25 },
      examination: { ...examination, mistakes: [], weights: [], changes: [] },
      reproduction,
    };
    const page = renderRunReport(report);
    checkMarkup(page);
    for (const id of ["run-loss", "run-accuracy", "confusion", "reliability", "hits"])
      expect(page).toContain(`<figure id="${id}"`);
    expect(page).not.toContain('id="mistakes"');
  });
});
