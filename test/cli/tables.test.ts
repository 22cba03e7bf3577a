import { describe, expect, it } from "vitest";
import { renderConfusion } from "../../src/cli/confusion-table.js";
import { wrap } from "../../src/cli/help.js";
import { formatClock, formatFigure, formatSeconds, formatTable, shorten, tableWidth } from "../../src/cli/tables.js";
import { plain } from "../../src/cli/terminal.js";

describe("formatTable", () => {
  const headings = ["class", "n"];
  const rows = [
    ["0", "1,024"],
    ["all", "7"],
  ];

  it("aligns to the right, with a rule before the footer", () => {
    const lines = ["  class      n", "      0  1,024", "  ─────  ─────", "    all      7"];
    expect(formatTable(headings, rows, { footer: 1 })).toEqual(lines);
    expect(tableWidth(headings, rows)).toBe(14);
  });

  it("takes more rows than a call takes arguments", () => {
    const many = Array.from({ length: 200_000 }, () => ["1", "2"]);
    expect(formatTable(headings, many).length).toBe(200_001);
  });

  it("paints cells after it has aligned them", () => {
    const paint = (row: number, column: number) =>
      row === 1 && column === 1 ? (text: string) => `<${text}>` : undefined;
    expect(formatTable(headings, rows, { paint })).toEqual(["  class      n", "      0  1,024", "    all  <    7>"]);
  });
});

describe("figures", () => {
  it.each([
    [0, "0.0000"],
    [0.98765, "0.9877"],
    [99.9999, "99.9999"],
    [99.99999, "100.000"],
    [12345.678, "12345.7"],
    [99999.99, "1.0e+5"],
    [3.4e38, "3.4e+38"],
  ])("%d is %s", (value, text) => expect(formatFigure(value)).toBe(text));

  it.each([
    [0.123, "0.12 s", "0 s"],
    [9.999, "10.0 s", "10 s"],
    [59.99, "1:00", "1:00"],
    [125, "2:05", "2:05"],
    [3600 + 4 * 60, "1h04", "1h04"],
  ])("%d seconds are %s, on a clock %s", (seconds, long, clock) => {
    expect(formatSeconds(seconds)).toBe(long);
    expect(formatClock(seconds)).toBe(clock);
  });

  it("shortens a path at its start", () => expect(shorten("/some/where/images.npy", 11)).toBe("…images.npy"));
  it("wraps words", () => expect(wrap("one two three (a\u00a0b)", 9)).toEqual(["one two", "three", "(a b)"]));
});

describe("renderConfusion", () => {
  const confusion = [
    [3, 0],
    [2, 12],
  ];

  it("is a matrix where there is room", () => {
    expect(renderConfusion(confusion, [-1, 40], 80, plain)).toEqual([
      "Confusion matrix, true classes down, predicted classes across",
      "      -1  40",
      "  -1   3   ·",
      "  40   2  12",
    ]);
  });

  it("lists the most frequent confusions where there is none", () => {
    expect(renderConfusion(confusion, [-1, 40], 10, plain)).toEqual([
      "Most frequent confusions, 1 of 1 kinds",
      "  true  predicted  samples",
      "    40         -1        2",
    ]);
    expect(renderConfusion([[1]], [1234567890], 10, plain)).toEqual(["Confusions: none"]);
  });
});
