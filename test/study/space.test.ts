import { describe, expect, it } from "vitest";
import { draw, listAll } from "../../src/study/candidates.js";
import { keyOf } from "../../src/study/configuration.js";
import { defaultSpace, readSpace } from "../../src/study/space.js";

describe("readSpace", () => {
  it("takes values, lists, ranges and Keras's spelling", () => {
    const given = {
      epochs: 5,
      activation: "relu",
      initializer: ["he_normal", "glorotUniform"],
      layers: [[256, 128], [64]],
      learningRate: { min: 1e-4, max: 1e-2, scale: "log" },
      batchSize: { min: 16, max: 64 },
    };
    expect(readSpace(given, "space")).toEqual({
      epochs: 5,
      patience: null,
      axes: {
        activation: ["relu"],
        initializer: ["heNormal", "glorotUniform"],
        layers: [[256, 128], [64]],
        learningRate: { min: 1e-4, max: 1e-2, scale: "log" },
        batchSize: { min: 16, max: 64, scale: "linear" },
      },
    });
  });

  it("gives the same space, however the settings are ordered", () => {
    const one = readSpace({ width: [32], activation: "relu", epochs: 20 }, "space");
    expect(JSON.stringify(readSpace({ activation: ["relu"], width: 32 }, "space"))).toBe(JSON.stringify(one));
  });

  it.each([
    [[], "s: expected an object such as"],
    [{ activatoin: "relu" }, "s: unknown setting 'activatoin'. Did you mean 'activation'?"],
    [{ activation: "tahn" }, "s: activation: unknown activation 'tahn'. Did you mean 'tanh'?"],
    [{ activation: 3 }, "s: activation: expected a name, got 3"],
    [{ activation: ["relu", 3] }, "s: activation[1]: expected a name, got 3"],
    [{ activation: "softmax" }, "unknown activation 'softmax'"],
    [{ activation: { min: 1, max: 2 } }, "s: activation: expected a value or a list of values, got a range"],
    [{ depth: [] }, "s: depth: expected at least one value, got none"],
    [{ depth: [1, 2.5] }, "s: depth[1]: expected an integer of at least 0, got 2.5"],
    [{ depth: "3" }, 's: depth: expected an integer, got "3"'],
    [{ depth: [2, 2] }, "s: depth: expected every value once, got 2 twice"],
    [{ depth: 1, layers: [[3]] }, "s: expected layers, or depth and width, got both"],
    [{ layers: [256, 128] }, "s: layers[0]: expected a list of widths such as [256, 128], got 256"],
    [{ layers: [[256, 0]] }, "s: layers[0][1]: expected an integer of at least 1, got 0"],
    [{ dropout: 1 }, "s: dropout: expected a number in [0, 1), got 1"],
    [{ learningRate: { min: 0.1, max: 0.01 } }, "s: learningRate: expected min below max, got 0.1 and 0.01"],
    [
      { learningRate: { min: 0.1, max: 1, scale: "ln" } },
      's: learningRate.scale: expected "linear" or "log", got "ln"',
    ],
    [{ dropout: { min: 0, max: 0.5, scale: "log" } }, "s: dropout.min: expected a number above 0, got 0"],
    [{ dropout: { min: 0, max: 0.5, step: 1 } }, "s: dropout: unknown name 'step'."],
    [{ dropout: { min: 0 } }, "s: dropout.max: expected a number in [0, 1), got undefined"],
    [{ epochs: 0 }, "s: epochs: expected an integer of at least 1, got 0"],
    [{ patience: 0 }, "s: patience: expected an integer of at least 1, got 0"],
  ])("refuses %j", (given, message) => {
    expect(() => readSpace(given, "s")).toThrow(message);
  });
});

describe("listAll", () => {
  it("makes every combination, each activation with the initializer that suits it", () => {
    const all = listAll(defaultSpace);
    expect(all.length).toBe(60);
    expect(new Set(all.map(keyOf)).size).toBe(60);
    expect(all[0]).toMatchObject({ activation: "relu", layers: [32], initializer: "heNormal", optimizer: "adam" });
    expect(all[1]?.layers).toEqual([64]);
    expect(all.at(-1)).toMatchObject({ layers: [512, 512, 512, 512], initializer: "glorotUniform" });
    expect(all.find(({ activation }) => activation === "selu")?.initializer).toBe("lecunNormal");
  });

  it("counts networks without hidden layers once", () => {
    expect(listAll(readSpace({ depth: [0, 1], width: [8, 16] }, "s")).map(({ layers }) => layers)).toEqual([
      [],
      [8],
      [16],
    ]);
  });

  it("refuses a range", () => {
    const space = readSpace({ dropout: { min: 0, max: 0.5 } }, "s");
    expect(() => listAll(space)).toThrow("dropout: a range has no end of values; expected a list, or a strategy that");
  });
});

describe("draw", () => {
  const space = readSpace(
    { learningRate: { min: 1e-4, max: 1e-1, scale: "log" }, width: { min: 8, max: 512 }, depth: [1, 2] },
    "s",
  );

  it("gives other configurations for another seed or set, the same ones for the same", () => {
    expect(draw(space, 20, 1)).toEqual(draw(space, 20, 1));
    expect(draw(space, 20, 1)).not.toEqual(draw(space, 20, 2));
    expect(draw(space, 20, 1, 0)).not.toEqual(draw(space, 20, 1, 1));
  });

  it("stays in the ranges, and uses all of them", () => {
    const drawn = draw(space, 400, 3);
    const rates = drawn.map(({ learningRate }) => learningRate);
    const widths = drawn.map(({ layers }) => layers[0] ?? 0);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(1e-1);
    // On a log scale a third of them is in each decade
    expect(rates.filter((rate) => rate < 1e-3).length).toBeGreaterThan(100);
    expect(rates.filter((rate) => rate < 1e-3).length).toBeLessThan(170);
    expect(widths.every((width) => Number.isInteger(width) && width >= 8 && width <= 512)).toBe(true);
  });

  it("draws no configuration twice, and stops when there are no more", () => {
    const all = draw(defaultSpace, 1000, 1);
    expect(new Set(all.map(keyOf)).size).toBe(all.length);
    expect(all.length).toBe(60);
  });
});
