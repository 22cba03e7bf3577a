import { describe, expect, it } from "vitest";
import {
  flag,
  flagName,
  optionalFlag,
  parseArguments,
  parseFlags,
  parseModelsAndFlags,
  requiredFlag,
  UsageError,
} from "../../src/cli/flags.js";
import { choice, integer, number, path, percentages, widths } from "../../src/cli/kinds.js";

const flags = {
  batchSize: flag("N", integer(1), "64", "samples per step"),
  rate: flag(
    "X",
    number("a number in [0, 1)", (value) => value >= 0 && value < 1),
    "0",
    "a share",
  ),
  layers: flag("WIDTHS", widths, "256,128", "widths"),
  split: flag("PERCENT", percentages, "60,15,25", "shares"),
  activation: flag("NAME", choice("activation", ["relu", "leakyRelu"]), "relu", "a name"),
  out: optionalFlag("DIR", path, "a place"),
  quiet: { about: "no words", short: "q" },
};

const parse = (...args: string[]) => parseFlags(flags, args);
const errorOf = (...args: string[]): string => {
  try {
    parse(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return "";
};

describe("parseFlags", () => {
  it("fills in the defaults", () => {
    expect(parse()).toEqual({
      batchSize: 64,
      rate: 0,
      layers: [256, 128],
      split: [60, 15, 25],
      activation: "relu",
      out: undefined,
      quiet: false,
    });
  });

  it("takes values behind a space and behind =, short switches, and the last of two", () => {
    expect(parse("--batch-size", "8", "--out=a b", "-q", "--batch-size=16")).toMatchObject({
      batchSize: 16,
      out: "a b",
      quiet: true,
    });
  });

  it("names flags in kebab-case", () => expect(flagName("learningRate")).toBe("--learning-rate"));

  it.each([
    ["", []],
    ["none", []],
    ["512", [512]],
    ["256, 128,64", [256, 128, 64]],
  ])("takes --layers %j", (text, expected) => expect(parse("--layers", text).layers).toEqual(expected));

  it.each([
    ["33.3,33.3,33.4", [33.3, 33.3, 33.4]],
    ["80,10,10", [80, 10, 10]],
  ])("takes --split %s", (text, expected) => expect(parse("--split", text).split).toEqual(expected));

  it.each([
    ["0.5", 0.5],
    ["1e-3", 0.001],
    [".25", 0.25],
  ])("takes --rate %s", (text, expected) => expect(parse("--rate", text).rate).toBe(expected));

  it("takes names in the spelling of Keras", () => {
    expect(parse("--activation", "leaky_relu").activation).toBe("leakyRelu");
  });
});

describe("operands", () => {
  const few = { images: requiredFlag("FILE", path, "images"), quiet: { about: "no words" } };

  it("stand anywhere among the flags, and behind a lone --", () => {
    expect(parseArguments(few, ["a", "--images", "i", "b", "--quiet", "--", "--c"])).toEqual({
      values: { images: "i", quiet: true },
      operands: ["a", "b", "--c"],
    });
    expect(parseModelsAndFlags(few, ["m", "--images=i", "n"])).toEqual({
      ...{ images: "i", quiet: false },
      models: ["m", "n"],
    });
  });

  it.each<[string[], string]>([
    [["m"], "expected --images FILE, got none"],
    [["--images", "i"], "expected a MODEL: the directory of a saved model"],
    [["--images", "i", ""], "expected a MODEL: the directory of a saved model"],
    [["--images", "i", "m", ""], "expected a MODEL: the directory of a saved model"],
  ])("%j: %s", (args, message) => {
    expect(() => parseModelsAndFlags(few, args)).toThrow(UsageError);
    expect(() => parseModelsAndFlags(few, args)).toThrow(message);
  });
});

describe("errors of parseFlags", () => {
  const layers = "--layers: expected widths of at least 1 such as 256,128, or none, got";
  const split =
    "--split: expected three percentages above 0 that make 100, for training, validation and test, such as 60,15,25, got";
  it.each<[string[], string]>([
    [["--batchsize", "8"], "unknown flag '--batchsize'. Did you mean '--batch-size'?"],
    [["--batch_size=8"], "unknown flag '--batch_size'. Did you mean '--batch-size'?"],
    [["-layers", "8"], "unknown flag '-layers'. Did you mean '--layers'?"],
    [["--momentum", "8"], "unknown flag '--momentum'. See --help for those there are."],
    [["-x"], "unknown flag '-x'. See --help for those there are."],
    [["--batch-size"], "--batch-size: expected an integer of at least 1, got no value"],
    [["--batch-size", "--quiet"], "--batch-size: expected an integer of at least 1, got no value"],
    [["--batch-size", "0"], '--batch-size: expected an integer of at least 1, got "0"'],
    [["--batch-size", "-8"], '--batch-size: expected an integer of at least 1, got "-8"'],
    [["--batch-size", "1.5"], '--batch-size: expected an integer of at least 1, got "1.5"'],
    [["--batch-size", "9007199254740992"], '--batch-size: expected an integer of at least 1, got "9007199254740992"'],
    [["--batch-size="], '--batch-size: expected an integer of at least 1, got ""'],
    [["--rate", "1"], '--rate: expected a number in [0, 1), got "1"'],
    [["--rate", "0x0"], '--rate: expected a number in [0, 1), got "0x0"'],
    [["--rate", "half"], '--rate: expected a number in [0, 1), got "half"'],
    [["--layers", "256,,128"], `${layers} "256,,128"`],
    [["--layers", "0"], `${layers} "0"`],
    [["--split", "60,40"], `${split} "60,40"`],
    [["--split", "60,15,25,0"], `${split} "60,15,25,0"`],
    [["--split", "60,40,0"], `${split} "60,40,0"`],
    [["--split", "60,15,26"], `${split} "60,15,26"`],
    [
      ["--activation", "rellu"],
      "--activation: unknown activation 'rellu'. Did you mean 'relu'? Known are: relu, leakyRelu",
    ],
    [["--out", ""], '--out: expected a path, got ""'],
    [["--quiet=yes"], '--quiet: expected no value, got "yes"'],
    [["more"], 'expected flags such as --epochs 20, got "more"'],
  ])("%j: %s", (args, message) => expect(errorOf(...args).replace(/; npm hands on.*/, "")).toBe(message));
});
