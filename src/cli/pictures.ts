/** Images drawn with characters, the first ones of a file side by side. */
import type { NDArray } from "../index.js";
import type { Measures } from "./measure.js";

/** From the least value to the largest. */
const SHADES = " ░▒▓█";
const LONGEST_LINE = 18;
/** Images that would be higher are none, but long tables. */
const MOST_LINES = 30;
const INDENT = "  ";
const GAP = "  ";
/** A character is about twice as high as it is wide. */
const ASPECT = 2;

/**
 * Images [n, height, width], with or without channels, the last axis of 1, 3 or 4.
 *
 * @param columns The width of the screen.
 * @returns Undefined for what is no images.
 */
export function drawImages(
  { data, shape }: NDArray,
  { least, largest, nan, infinite }: Measures,
  columns: number,
): string[] | undefined {
  const [images = 0, height = 0, width = 0, channels = 1] = shape;
  const isImages = shape.length === 3 || (shape.length === 4 && [1, 3, 4].includes(channels));
  if (!isImages || data.length === 0 || nan + infinite > 0) return undefined;
  const across = Math.min(width, LONGEST_LINE, columns - INDENT.length);
  const down = Math.max(1, Math.round((height / width) * (across / ASPECT)));
  if (across < 1 || down > MOST_LINES) return undefined;
  const count = Math.min(images, Math.floor((columns - INDENT.length + GAP.length) / (across + GAP.length)));

  /** The mean of a box of values, as a character. */
  const shade = (image: number, line: number, column: number): string => {
    let sum = 0;
    let values = 0;
    for (let y = Math.floor((line * height) / down); y < ((line + 1) * height) / down; y++) {
      for (let x = Math.floor((column * width) / across); x < ((column + 1) * width) / across; x++) {
        const start = ((image * height + y) * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) sum += data[start + channel] ?? 0;
        values += channels;
      }
    }
    const brightness = largest > least ? (sum / values - least) / (largest - least) : 0;
    return SHADES.charAt(Math.min(SHADES.length - 1, Math.floor(brightness * SHADES.length)));
  };
  return Array.from({ length: down }, (_, line) => {
    const parts = Array.from({ length: count }, (_, image) =>
      Array.from({ length: across }, (_, column) => shade(image, line, column)).join(""),
    );
    return (INDENT + parts.join(GAP)).trimEnd();
  });
}
