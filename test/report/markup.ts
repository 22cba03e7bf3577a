/** A strict reader of markup, for tests. */

const VOID = new Set(["meta", "img"]);
const TOKEN = /<!doctype html>|<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/giy;

/** Throws unless every element is closed in order, attributes are quoted and all else is escaped. */
export function checkMarkup(text: string): void {
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`not well-formed: ${text.slice(at, at + 80)}`);
    const [, slash, name, attributes = "", closed, content] = match;
    const plain = (content ?? attributes).replace(/&(amp|lt|gt|quot);/g, "");
    if (plain.includes("&") && open.at(-1) !== "style") throw new Error(`a lone &: ${plain.slice(0, 80)}`);
    if (name === undefined) continue;
    if (slash) {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else if (!closed && !VOID.has(name)) {
      open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
}
