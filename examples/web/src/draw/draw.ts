/** The first part of the page: draw a digit, see what the network sees, and what it takes it for. */
import type { Network } from "../network.js";
import { showInk } from "../page/digit-canvas.js";
import { byId } from "../page/dom.js";
import { percent } from "../page/format.js";
import { largestIndex, makeBars } from "./bars.js";
import { makePad } from "./pad.js";
import { rasterize, type Stroke } from "./rasterize.js";

/** How long a drawing must rest before a screen reader hears what it is, in milliseconds. */
const QUIET = 600;

/** @returns A function to call when another model is in place: it looks at the drawing again. */
export function startDrawing(network: Network): () => void {
  const seen = byId("seen", HTMLCanvasElement);
  const answer = byId("answer", HTMLElement);
  const confidence = byId("confidence", HTMLElement);
  const spoken = byId("spoken-answer", HTMLElement);
  const hint = byId("pad-hint", HTMLElement);
  const showBars = makeBars(byId("bars", HTMLElement));
  let drawing: readonly Stroke[] = [];
  /** A drawing may be there before the model. */
  let isReady = false;
  let isBusy = false;
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const pad = makePad(byId("pad", HTMLCanvasElement), (strokes) => {
    drawing = strokes;
    hint.hidden = strokes.length > 0;
    void look();
  });
  byId("clear", HTMLButtonElement).addEventListener("click", pad.clear);
  byId("undo", HTMLButtonElement).addEventListener("click", pad.undo);
  showInk(seen, new Float32Array(784));

  /** One question at a time: what is drawn meanwhile is asked about next. */
  async function look(): Promise<void> {
    if (isBusy) {
      isStale = true;
      return;
    }
    isBusy = true;
    do {
      isStale = false;
      const pixels = rasterize(drawing);
      showInk(seen, pixels);
      show(drawing.length > 0 && isReady ? await network.predict(pixels) : undefined);
    } while (isStale);
    isBusy = false;
  }

  function show(probabilities: Float32Array | undefined): void {
    showBars(probabilities);
    clearTimeout(timer);
    if (!probabilities) {
      answer.textContent = "?";
      confidence.textContent = "Nothing drawn yet";
      spoken.textContent = "";
      return;
    }
    const best = largestIndex(probabilities);
    const sure = percent(probabilities[best] ?? 0);
    answer.textContent = `${best}`;
    confidence.textContent = `${sure} sure`;
    timer = setTimeout(() => {
      spoken.textContent = `The network sees a ${best}, ${sure} sure.`;
    }, QUIET);
  }

  return () => {
    isReady = true;
    void look();
  };
}
