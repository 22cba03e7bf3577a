import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { toCsv } from "../../src/report/figure.js";
import { encodePng, toDataUri } from "../../src/report/png.js";
import { extent, linearScale, linearTicks, logScale, logTicks, shortNumber, spread } from "../../src/report/scale.js";
import { paretoFront } from "../../src/report/scatter.js";
import { element, escapeText } from "../../src/report/xml.js";
import { checkMarkup } from "./markup.js";

describe("element", () => {
  it("escapes attributes, rounds numbers, and leaves out what is undefined", () => {
    expect(element("a", { title: 'x"<&>', x: 1.23456, y: undefined }, escapeText("1 < 2 & 3"))).toBe(
      '<a title="x&quot;&lt;&amp;&gt;" x="1.23">1 &lt; 2 &amp; 3</a>',
    );
  });

  it("closes what is empty as HTML wants it", () => {
    expect(element("div", {})).toBe("<div></div>");
    expect(element("line", { x1: 0 })).toBe('<line x1="0"/>');
    expect(escapeText("a\u0000\u001bb\nc")).toBe("ab\nc");
  });
});

describe("checkMarkup, the tests' own reader", () => {
  it.each(["<a><b></a></b>", "<a>", "<a>&</a>", "<a b=c></a>", "<a b='c'></a>", '<a b="&"></a>', "<a>1 < 2</a>"])(
    "refuses %s",
    (text) => {
      expect(() => checkMarkup(text)).toThrow();
    },
  );

  it("takes what is well-formed", () => {
    checkMarkup('<!doctype html><p class="a">x &amp; y<br/><img src="a"></p>');
  });
});

describe("scales", () => {
  it("have round ticks within the domain", () => {
    expect(linearTicks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks([91.3, 94.9])).toEqual([92, 93, 94]);
    expect(linearTicks([0.1, 0.7], 3)).toEqual([0.2, 0.4, 0.6]);
    expect(linearTicks([3, 3])).toEqual([3]);
    expect(logTicks([1, 1000])).toEqual([1, 10, 100, 1000]);
    expect(logTicks([20, 300])).toEqual([20, 50, 100, 200]);
  });

  it("lead from ends to ends", () => {
    expect(linearScale([0, 10], [100, 0])(2.5)).toBe(75);
    expect(logScale([1, 100], [0, 200])(10)).toBeCloseTo(100, 9);
    expect(linearScale([5, 5], [0, 1])(5)).toBe(0);
    expect(extent([1, 3], 0.5)).toEqual([0, 4]);
    expect(extent([])).toEqual([0, 1]);
    expect(extent([2, Number.NaN, 2])[0]).toBeLessThan(2);
  });

  it("write short numbers", () => {
    expect([0.05, 12, 1234, 50_000, 1_195_018].map(shortNumber)).toEqual(["0.05", "12", "1.23k", "50k", "1.2M"]);
  });
});

describe("spread", () => {
  it("keeps labels apart, in order and between the ends", () => {
    expect(spread([10, 50], 12, [0, 100])).toEqual([10, 50]);
    expect(spread([50, 48, 52], 10, [0, 100])).toEqual([58, 48, 68]);
    expect(spread([99, 98], 10, [0, 100])).toEqual([100, 90]);
  });
});

describe("paretoFront", () => {
  it("has those that nothing beats in both", () => {
    const dots = [
      { x: 1, y: 1 },
      { x: 2, y: 3 },
      { x: 2, y: 2 },
      { x: 3, y: 3 },
      { x: 4, y: 5 },
      { x: 5, y: 0 },
    ];
    expect(paretoFront(dots)).toEqual([dots[0], dots[1], dots[4]]);
  });
});

describe("toCsv", () => {
  it("quotes what has to be", () => {
    expect(
      toCsv({
        columns: ["a", "b,c"],
        rows: [
          [1.5, 'say "x"'],
          [null, "y"],
        ],
      }),
    ).toBe('a,"b,c"\n1.5,"say ""x"""\n,y\n');
  });
});

describe("encodePng", () => {
  it("makes a file that holds the pixels, with right sums", () => {
    const [width, height] = [300, 250];
    const pixels = Uint8Array.from({ length: width * height }, (_, index) => (index * 7) % 256);
    const png = Buffer.from(encodePng(pixels, width, height));
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([width, height, 8, 0]);
    const length = png.readUInt32BE(33);
    expect(png.subarray(37, 41).toString()).toBe("IDAT");
    // inflate checks Adler's sum
    const rows = inflateSync(png.subarray(41, 41 + length));
    for (let row = 0; row < height; row++) {
      expect(rows[row * (width + 1)]).toBe(0);
      const line = rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1));
      expect(line.equals(pixels.subarray(row * width, (row + 1) * width))).toBe(true);
    }
    // The sum that every PNG ends in (its specification, section 11.2.5)
    expect(png.subarray(-8).toString("hex")).toBe("49454e44ae426082");
    expect(toDataUri(Uint8Array.of(1, 2))).toBe("data:image/png;base64,AQI=");
  });
});
