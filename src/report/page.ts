/** The page around figures: one file, without scripts, for screens by day and by night and for paper. */
import type { Cell, Figure, FigureData } from "./figure.js";
import { element, escapeText } from "./xml.js";

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

export interface Section {
  readonly title: string;
  /** Plain text. */
  readonly paragraphs?: readonly string[];
  readonly figures?: readonly Figure[];
  readonly table?: Table;
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** Lines for a shell. */
  readonly code?: string;
}

/** As it is to be read; `emphasized` is a row. */
export interface Table extends FigureData {
  readonly emphasized?: number;
}

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
  /** Who made it. */
  readonly footer: string;
}

export function renderPage({ title, subtitle, tiles, sections, footer }: Page): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    element("title", {}, escapeText(title)),
    `<style>${STYLE}</style>`,
  ].join("\n");
  const body = [
    element(
      "header",
      {},
      element("h1", {}, escapeText(title)),
      element("p", { class: "subtitle" }, escapeText(subtitle)),
    ),
    element("div", { class: "tiles" }, ...tiles.map(renderTile)),
    ...sections.map(renderSection),
    element("footer", {}, escapeText(footer)),
  ].join("\n");
  return `<!doctype html>\n<html lang="en">\n<head>\n${head}\n</head>\n<body>\n<main>\n${body}\n</main>\n</body>\n</html>\n`;
}

function renderTile({ label, value, detail }: Tile): string {
  return element(
    "div",
    { class: "tile" },
    element("span", { class: "label" }, escapeText(label)),
    element("strong", {}, escapeText(value)),
    element("span", { class: "detail" }, escapeText(detail)),
  );
}

function renderSection({ title, paragraphs = [], figures = [], table, facts = [], code }: Section): string {
  return element(
    "section",
    {},
    element("h2", {}, escapeText(title)),
    ...paragraphs.map((text) => element("p", {}, escapeText(text))),
    figures.length > 0 ? element("div", { class: "figures" }, ...figures.map(renderFigure)) : "",
    table ? element("div", { class: "wide" }, renderTable(table)) : "",
    facts.length > 0
      ? element(
          "dl",
          {},
          ...facts.map(([name, value]) => element("dt", {}, escapeText(name)) + element("dd", {}, escapeText(value))),
        )
      : "",
    code === undefined ? "" : element("pre", {}, element("code", {}, escapeText(code))),
  );
}

function renderFigure({ id, title, caption, drawing, data }: Figure): string {
  const numbers =
    data.rows.length > 0
      ? element("details", {}, "<summary>Numbers</summary>", element("div", { class: "wide" }, renderTable(data)))
      : "";
  const isWide = drawing.startsWith("<div");
  return element(
    "figure",
    { id, class: isWide ? "across" : undefined },
    element("h3", {}, escapeText(title)),
    drawing,
    element("figcaption", {}, escapeText(caption)),
    numbers,
  );
}

function renderTable({ columns, rows, emphasized }: Table): string {
  const isText = columns.map((_, column) =>
    rows.some((row) => typeof row[column] === "string" && !/^[\d±<.,\s%–-]*(ms|s)?$/.test(`${row[column]}`)),
  );
  const kind = (column: number) => (isText[column] ? "text" : undefined);
  const head = columns.map((name, column) =>
    element("th", { scope: "col", class: kind(column) }, escapeText(name.replaceAll("_", " "))),
  );
  const lines = rows.map((row, index) =>
    element(
      "tr",
      { class: index === emphasized ? "best" : undefined },
      ...row.map((cell, column) => element("td", { class: kind(column) }, escapeText(showCell(cell)))),
    ),
  );
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...lines));
}

function showCell(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "number" ? `${Number(cell.toPrecision(5))}` : cell;
}

/** Colours after Okabe and Ito, that people with any kind of colour-blindness can tell apart. */
const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#16191d;--soft:#56606b;--line:#dfe3e8;--faint:#f5f7f9;--heat:#0a5a9c;--on:#fff;
--s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#b0569a;--s4:#b8860b;--s5:#3b9ad9;--s6:#6b7480}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e8ebee;--soft:#9aa5b1;--line:#2d333a;--faint:#1c2026;--heat:#2779c0;--on:#fff;
--s0:#56a9e8;--s1:#ff8b4a;--s2:#35c99b;--s3:#dd8fc9;--s4:#e3b341;--s5:#8cc8f5;--s6:#a3adb8}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1120px;margin:0 auto;padding:48px 24px 64px}
h1{font-size:clamp(1.7rem,4.2vw,2.5rem);line-height:1.15;letter-spacing:-.02em;margin:0 0 .3em;font-weight:700;text-wrap:balance}
h2{font-size:1.4rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .5em;font-weight:650}
h3{font-size:1rem;line-height:1.3;margin:0 0 .5em;font-weight:600}
p{margin:0 0 .8em;max-width:68ch}
.subtitle{color:var(--soft);font-size:1.06rem;max-width:64ch}
section{margin-top:56px;padding-top:24px;border-top:1px solid var(--line)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-top:28px}
.tile{background:var(--faint);border-radius:10px;padding:14px 16px 12px;display:flex;flex-direction:column}
.tile strong{font-size:1.45rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.label,.detail{font-size:.84rem;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:36px 32px;margin-top:24px}
figure{margin:0;min-width:0}
figure.across{grid-column:1/-1}
figcaption{font-size:.88rem;line-height:1.45;color:var(--soft);margin-top:.5em;max-width:68ch}
svg{display:block;width:100%;height:auto;max-width:520px;overflow:visible;font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
svg text{fill:var(--soft)}
svg .name{fill:var(--ink)}
svg .small{font-size:10px}
svg .halo{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
svg .grid{stroke:var(--line)}
svg .axis,svg .tick{stroke:var(--soft)}
svg .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
svg .band{stroke:none;fill-opacity:.16}
svg .whisker{stroke-width:1.25;stroke-opacity:.7}
svg .front{fill:none;stroke:var(--ink);stroke-opacity:.45;stroke-width:1.25}
svg .note,svg .ideal{fill:none;stroke:var(--soft);stroke-dasharray:2 3}
svg .count{fill:var(--soft);fill-opacity:.22}
svg .mark{stroke:var(--paper);stroke-width:.75}
svg .cell{fill:var(--heat)}
svg .cell.best{stroke:var(--ink);stroke-width:2}
svg .on{fill:var(--on)}
svg .off,svg .end{fill:var(--ink)}
svg .end{font-weight:600}
${[0, 1, 2, 3, 4, 5, 6].map((n) => `svg .line.s${n},svg .whisker.s${n}{stroke:var(--s${n})}svg .mark.s${n},svg .band.s${n},svg text.s${n}{fill:var(--s${n})}`).join("\n")}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(84px,1fr));gap:14px 12px}
.pictures.weights{grid-template-columns:repeat(auto-fill,minmax(60px,1fr));gap:8px}
.picture{display:flex;flex-direction:column;font-size:.78rem;line-height:1.35;color:var(--soft);font-variant-numeric:tabular-nums;white-space:pre}
.picture img{width:100%;image-rendering:pixelated;border-radius:4px;margin-bottom:3px;background:#000}
details{margin-top:.4em;font-size:.84rem}
summary{color:var(--soft);cursor:pointer;width:fit-content}
.wide{overflow-x:auto;margin-top:.5em}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;min-width:min(100%,480px)}
th,td{padding:.32em .8em .32em 0;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:500;vertical-align:bottom}
.text{text-align:left}
td.text{white-space:normal;min-width:9em}
tr.best td{font-weight:650}
dl{display:grid;grid-template-columns:minmax(90px,max-content) 1fr;gap:.3em 1.4em;margin:1em 0;font-size:.92rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
pre{background:var(--faint);border-radius:8px;padding:14px 16px;overflow-x:auto;font-size:.86rem}
footer{margin-top:56px;color:var(--soft);font-size:.86rem}
@media (max-width:520px){main{padding:28px 16px 48px}section{margin-top:40px}.tiles{grid-template-columns:1fr 1fr}.tile strong{font-size:1.15rem}}
@media print{@page{margin:14mm}body{font-size:10pt}main{max-width:none;padding:0}details{display:none}figure,.tile,tr{break-inside:avoid}h2,h3{break-after:avoid}
section{margin-top:24pt;padding-top:12pt}.tiles{grid-template-columns:repeat(5,1fr)}.tile{padding:8pt}.tile strong{font-size:12pt}.figures{grid-template-columns:repeat(3,1fr);gap:16pt}h3,figcaption{font-size:8.5pt}figure.across{grid-column:1/-1}.pictures{grid-template-columns:repeat(8,1fr)}.pictures.weights{grid-template-columns:repeat(16,1fr)}
.tile{border:1px solid var(--line);-webkit-print-color-adjust:exact;print-color-adjust:exact}svg,img{-webkit-print-color-adjust:exact;print-color-adjust:exact}.wide{overflow:visible}table{font-size:8pt}}
`;
