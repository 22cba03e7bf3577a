/** Rows of small images with a line or two of text below each. */
import { encodePng, toDataUri } from "./png.js";
import { element, escapeText } from "./xml.js";

/** Bytes of grey, row by row. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface CaptionedPicture {
  readonly picture: Picture;
  /** What is on it, for those who do not see it. */
  readonly alternative: string;
  readonly lines: readonly string[];
}

export function pictureRows(pictures: readonly CaptionedPicture[], kind: "samples" | "weights"): string {
  const items = pictures.map(({ picture, alternative, lines }) =>
    element(
      "div",
      { class: "picture" },
      element("img", { src: toDataUri(encodePng(picture.pixels, picture.width, picture.height)), alt: alternative }),
      ...lines.map((line) => element("span", {}, escapeText(line))),
    ),
  );
  return element("div", { class: `pictures ${kind}` }, ...items);
}
