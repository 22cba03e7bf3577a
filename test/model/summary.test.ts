/** The table that summary prints. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { layers, Sequential } from "../../src/index.js";
import { matrix } from "../helpers/data.js";

afterEach(() => {
  vi.restoreAllMocks();
});

function printed(model: Sequential): string {
  const texts: string[] = [];
  model.summary((text) => texts.push(text));
  return texts.join("\n");
}

describe("summary", () => {
  it("has a row per layer and the number of parameters, in Keras's manner", () => {
    const model = new Sequential([
      layers.flatten({ inputShape: [28, 28] }),
      layers.dense({ units: 128, activation: "relu" }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 10, name: "output" }),
    ]);
    expect(printed(model)).toBe(
      [
        'Model: "sequential"',
        "┏━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┓",
        "┃ Layer (type)             ┃ Output Shape     ┃     Param # ┃",
        "┡━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━┩",
        "│ flatten (Flatten)        │ (None, 784)      │           0 │",
        "├──────────────────────────┼──────────────────┼─────────────┤",
        "│ dense (Dense)            │ (None, 128)      │     100,480 │",
        "├──────────────────────────┼──────────────────┼─────────────┤",
        "│ dropout (Dropout)        │ (None, 128)      │           0 │",
        "├──────────────────────────┼──────────────────┼─────────────┤",
        "│ output (Dense)           │ (None, 10)       │       1,290 │",
        "└──────────────────────────┴──────────────────┴─────────────┘",
        " Total params: 101,770 (397.54 KB)",
        " Trainable params: 101,770 (397.54 KB)",
        " Non-trainable params: 0 (0 B)",
      ].join("\n"),
    );
  });

  it.each([
    [1, 1, "8 B"],
    [16, 15, "1020 B"],
    [255, 1, "1.00 KB"],
    [511, 512, "1.00 MB"],
  ])("tells the size of a dense layer from %i to %i", (width, units, size) => {
    const model = new Sequential([layers.dense({ units, inputShape: [width] })]);
    expect(printed(model)).toContain(`(${size})\n`);
  });

  it("tells what is frozen", () => {
    const model = new Sequential([
      layers.dense({ units: 3, inputShape: [2], trainable: false }),
      layers.dense({ units: 1 }),
    ]);
    expect(printed(model)).toMatch(/ Trainable params: 4 \(16 B\)\n Non-trainable params: 9 \(36 B\)$/);
  });

  it("cuts long names off at 80 columns, all lines alike", () => {
    const name = "a_layer_whose_name_is_longer_than_most";
    const model = new Sequential(
      [layers.rescaling({ scale: 1, inputShape: [1000, 1000, 1000], name }), layers.flatten()],
      { name: "big" },
    );
    const lines = printed(model).split("\n");
    expect(lines[0]).toBe('Model: "big"');
    expect(new Set(lines.slice(1, -3).map((line) => line.length)).size).toBe(1);
    expect(lines[1]?.length).toBe(80);
    expect(lines[4]).toMatch(/^│ a_layer_whose_name_is_longer_than_… │ \(None, 1000, 1000, 1000\) │ +0 │$/);
    expect(lines[5]).toMatch(/^│ \(Rescaling\) +│ +│ +│$/);
  });

  it("gives a layer's type a line of its own where both have no room in 80 columns", () => {
    const model = new Sequential([
      layers.randomElasticTransform({ inputShape: [28, 28] }),
      layers.randomElasticTransform({ name: "x".repeat(18) }),
    ]);
    const lines = printed(model).split("\n");
    expect(new Set(lines.slice(1, -3).map((line) => line.length))).toEqual(new Set([80]));
    expect(lines[4]).toMatch(/^│ random_elastic_transform +│ \(None, 28, 28\) +│ +0 │$/);
    expect(lines[5]).toMatch(/^│ \(RandomElasticTransform\) +│ +│ +│$/);
    expect(lines[7]).toMatch(/^│ x{18} \(RandomElasticTransform\) +│ \(None, 28, 28\) +│ +0 │$/);
    expect(lines[8]).toMatch(/^└/);
  });

  it("numbers layers of a kind, passing over names that are taken", () => {
    const dense = (name?: string) => layers.dense({ units: 1, ...(name && { name }) });
    const model = new Sequential([
      layers.alphaDropout({ rate: 0.1, inputShape: [2] }),
      dense(),
      dense("dense_1"),
      dense(),
    ]);
    const names = printed(model).match(/\w+(?= \([A-Z]\w+\) )/g);
    expect(names).toEqual(["alpha_dropout", "dense", "dense_1", "dense_2"]);
  });

  it("goes to the console unless told otherwise, and makes no weights", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.summary();
    expect(log.mock.calls).toEqual([[printed(model)]]);
    expect(model.byteLength).toBe(0);
  });

  it("takes the shape of the data, once that is known", async () => {
    const model = new Sequential([layers.dense({ units: 2 })]);
    await model.predict(matrix(1, 7, 1));
    expect(printed(model)).toContain("Total params: 16 (64 B)");
  });
});
