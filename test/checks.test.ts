/** The checks of plain arguments: class and text of what they throw. */
import { describe, it } from "vitest";
import { checkInteger, checkNumber, checkOptions } from "../src/checks.js";
import { expectFailure, type Refused, wrong } from "./helpers/failure.js";

describe("checkInteger", () => {
  it("takes safe integers from the least on", () => {
    for (const value of [2, 3, Number.MAX_SAFE_INTEGER]) checkInteger(value, "here", 2);
    checkInteger(-0, "here", 0);
  });

  it.each<Refused>([
    ["less", 1, RangeError, "here: expected an integer of at least 2, got 1"],
    ["a fraction", 2.5, RangeError, "here: expected an integer of at least 2, got 2.5"],
    ["NaN", Number.NaN, RangeError, "here: expected an integer of at least 2, got NaN"],
    ["Infinity", Infinity, RangeError, "here: expected an integer of at least 2, got Infinity"],
    ["too many digits", 2 ** 53, RangeError, "here: expected an integer of at least 2, got 9007199254740992"],
    ["a text", "3", TypeError, 'here: expected an integer, got "3"'],
    ["a big integer", 3n, TypeError, "here: expected an integer, got a bigint"],
    ["an array", [3], TypeError, "here: expected an integer, got an array of 1"],
  ])("refuses %s", async (_, value, error, message) => {
    await expectFailure(() => checkInteger(value, "here", 2), error, message);
  });
});

describe("checkNumber", () => {
  const positive = (value: number) => value > 0;

  it("takes numbers in range that float32 can hold", () => {
    for (const value of [-1.5, 0, 3e38]) checkNumber(value, "here");
    checkNumber(1e-300, "here", "a positive number", positive);
  });

  it.each<Refused>([
    ["what is out of range", 0, RangeError, "here: expected a positive number, got 0"],
    ["NaN", Number.NaN, RangeError, "here: expected a positive number, got NaN"],
    ["Infinity", Infinity, RangeError, "here: expected a positive number, got Infinity"],
    ["what float32 can't hold", 1e39, RangeError, "here: expected a positive number, got 1e+39"],
    ["nothing", undefined, TypeError, "here: expected a positive number, got undefined"],
    ["a number in an object", Object(1), TypeError, "here: expected a positive number, got Number"],
  ])("refuses %s", async (_, value, error, message) => {
    await expectFailure(() => checkNumber(value, "here", "a positive number", positive), error, message);
  });

  it("names a finite number when there is no range", async () => {
    await expectFailure(
      () => checkNumber(-Infinity, "here"),
      RangeError,
      "here: expected a finite number, got -Infinity",
    );
  });
});

describe("checkOptions", () => {
  it("takes what is known, and less", () => {
    checkOptions({}, ["a", "b"], "here");
    checkOptions({ a: 1, b: undefined }, ["a", "b"], "here");
  });

  it.each<Refused>([
    ["an unknown name", { a: 1, c: 2 }, TypeError, "here: unknown option 'c'; known: a, b"],
    ["null", null, TypeError, "here: expected an object of options, got null"],
    ["undefined", undefined, TypeError, "here: expected an object of options, got undefined"],
    ["a number", 5, TypeError, "here: expected an object of options, got 5"],
    ["a text", "a", TypeError, 'here: expected an object of options, got "a"'],
    ["an array", [], TypeError, "here: expected an object of options, got an array of 0"],
    ["a function", () => ({}), TypeError, "here: expected an object of options, got a function"],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(() => checkOptions(wrong(options), ["a", "b"], "here"), error, message);
  });
});
