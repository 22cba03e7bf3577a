/** Images of 28 x 28 pixels on canvases, which the style enlarges. */
import { context2d, make } from "./dom.js";

const SIDE = 28;

/** Shows values in [0, 1] as black ink on nothing. The style inverts it where the ground is dark. */
export function showInk(canvas: HTMLCanvasElement, values: ArrayLike<number>, scale = 1): void {
  show(canvas, (data) => {
    for (let index = 0; index < values.length; index++) data[index * 4 + 3] = (values[index] as number) * scale * 255;
  });
}

/** A canvas with a digit of a data set, 0 to 255. */
export function digitCanvas(pixels: Uint8Array, label: string): HTMLCanvasElement {
  const canvas = make("canvas", { className: "digit" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  showInk(canvas, pixels, 1 / 255);
  return canvas;
}

const POSITIVE = [14, 128, 108] as const;
const NEGATIVE = [206, 84, 30] as const;

/** Shows numbers of both signs: one colour for what is above zero, another for what is below. */
export function showSigned(canvas: HTMLCanvasElement, values: Float32Array): void {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-9);
  show(canvas, (data) => {
    for (let index = 0; index < values.length; index++) {
      const value = (values[index] as number) / largest;
      const [red, green, blue] = value > 0 ? POSITIVE : NEGATIVE;
      data[index * 4] = red;
      data[index * 4 + 1] = green;
      data[index * 4 + 2] = blue;
      data[index * 4 + 3] = Math.abs(value) * 255;
    }
  });
}

/** @param paint Fills red, green, blue and opacity of each pixel, which are 0 before. */
function show(canvas: HTMLCanvasElement, paint: (data: Uint8ClampedArray) => void): void {
  if (canvas.width !== SIDE || canvas.height !== SIDE) canvas.width = canvas.height = SIDE;
  const context = context2d(canvas);
  const image = context.createImageData(SIDE, SIDE);
  paint(image.data);
  context.putImageData(image, 0, 0);
}
