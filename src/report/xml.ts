/** Markup as text. */

type Value = string | number | undefined;

/** An element around content that is markup already. Attributes that are undefined are left out, numbers rounded. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...content: readonly string[]
): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeText(value ?? "")}"`);
  const inside = content.join("");
  return inside === "" && !HTML_CONTAINERS.has(name)
    ? `<${name}${list.join("")}/>`
    : `<${name}${list.join("")}>${inside}</${name}>`;
}

/** Text as markup, in an attribute, too. Control characters, which XML has no word for, are left out. */
export function escapeText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

/** Hundredths of a pixel are enough. */
function round(value: number): string {
  return `${Number(value.toFixed(2))}`;
}

/** Elements that HTML takes for open when they close themselves. */
const HTML_CONTAINERS = new Set(
  "a b body code dd details div dl dt figcaption figure h1 h2 h3 p span strong table tbody td th thead tr ul".split(
    " ",
  ),
);
