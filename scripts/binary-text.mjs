/**
 * Bytes as printable ASCII that needs no escape in a string, nor in a script in a page. gzip makes nearly as little of it as of
 * the bytes: the 90 lowest, which are most of a WebAssembly binary, are one character each, and those of the two pages above
 * have a space or an exclamation mark before it. src/wasm/instantiate.ts reads it.
 */
const PAGE = 90;
const SHIFTS = ["", " ", "!"];
/** From # to ~, without < and \ */
const CHARACTERS = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter(
  (c) => c !== "<" && c !== "\\",
);

export function toText(bytes) {
  return Array.from(bytes, (byte) => SHIFTS[Math.floor(byte / PAGE)] + CHARACTERS[byte % PAGE]).join("");
}
