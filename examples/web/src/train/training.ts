/** The second part of the page: start, pause and stop training, and see how it goes. */
import type { Digits } from "../digits/digits.js";
import { byId, withNextFrame } from "../page/dom.js";
import { integer, percent, seconds } from "../page/format.js";
import type { Client } from "../worker/client.js";
import type { Progress, TrainingResult } from "../worker/protocol.js";
import type { Chart } from "./charts.js";
import { makeForm } from "./form.js";
import type { Settings } from "./settings.js";

/** How often a screen reader hears how far training is, in milliseconds. */
const SPOKEN_EVERY = 5000;

interface Charts {
  readonly loss: Chart;
  readonly accuracy: Chart;
}

export interface Training {
  report(progress: Progress): void;
  setDigits(digits: Digits): Promise<void>;
}

/** @param onTrained Takes the model into use; what it returns is said behind what was trained. */
export function startTraining(
  trainer: () => Client,
  onTrained: (settings: Settings, result: TrainingResult) => Promise<string>,
): Training {
  const form = byId("settings", HTMLFormElement);
  const start = byId("start", HTMLButtonElement);
  const pause = byId("pause", HTMLButtonElement);
  const stop = byId("stop", HTMLButtonElement);
  const bar = byId("progress", HTMLProgressElement);
  const status = byId("training-status", HTMLElement);
  const showTiles = makeTiles();
  const readSettings = makeForm();
  let charts: Charts | undefined;
  /** Busy is before the trainer has begun, and after it has ended: there is nothing to pause or to stop. */
  let state: "waiting" | "idle" | "busy" | "training" | "paused" = "waiting";
  let settings: Settings | undefined;
  let spoken = 0;

  function enter(next: typeof state): void {
    state = next;
    start.disabled = state !== "idle";
    pause.disabled = stop.disabled = state !== "training" && state !== "paused";
    pause.textContent = state === "paused" ? "Go on" : "Pause";
  }

  function say(text: string, isError = false): void {
    status.textContent = text;
    status.classList.toggle("is-error", isError);
  }

  async function run(chosen: Settings): Promise<void> {
    settings = chosen;
    enter("busy");
    say("Training …");
    spoken = performance.now();
    // Without its curves it trains as well
    charts ??= await loadCharts().catch(() => undefined);
    charts?.loss.clear();
    charts?.accuracy.clear();
    bar.value = 0;
    try {
      const answer = trainer().call("train", chosen);
      enter("training");
      pause.focus();
      const result = await answer;
      enter("busy");
      say("Measuring …");
      const outcome = await onTrained(chosen, result);
      const passes = result.epochs === 1 ? "1 epoch" : `${+result.epochs.toFixed(1)} epochs`;
      say(`Trained for ${passes} in ${seconds(result.seconds)}. ${outcome}`);
    } catch (error) {
      say((error as Error).message, true);
    }
    enter("idle");
    if (document.activeElement === document.body) start.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (state === "idle") void run(readSettings());
  });
  pause.addEventListener("click", () => {
    const isPaused = state === "paused";
    void trainer().call(isPaused ? "resume" : "pause");
    enter(isPaused ? "training" : "paused");
    say(isPaused ? "Training …" : "Paused.");
  });
  stop.addEventListener("click", () => void trainer().call("stop"));

  return {
    report(progress) {
      const { epochs, loss, accuracy, validation } = progress;
      charts?.loss.add({ epochs, train: loss, validation: validation?.loss ?? null });
      charts?.accuracy.add({ epochs, train: accuracy, validation: validation?.accuracy ?? null });
      showTiles(progress);
      bar.value = epochs / (settings?.epochs ?? 1);
      if (state === "training" && performance.now() - spoken > SPOKEN_EVERY) {
        spoken = performance.now();
        say(`Epoch ${integer(epochs)} of ${settings?.epochs}: accuracy ${percent(accuracy, 1)}.`);
      }
    },
    async setDigits(digits) {
      await trainer().call("setDigits", digits);
      if (state === "waiting") enter("idle");
    },
  };
}

async function loadCharts(): Promise<Charts> {
  const { makeChart } = await import("./charts.js");
  return {
    loss: makeChart(byId("loss-chart", HTMLElement), "loss", (value) => value.toFixed(2)),
    accuracy: makeChart(byId("accuracy-chart", HTMLElement), "accuracy", (value) => percent(value), 1),
  };
}

/** The figures of the moment, changed once a frame. */
function makeTiles(): (progress: Progress) => void {
  const tile = (name: string) => byId(`tile-${name}`, HTMLElement);
  const [epoch, loss, accuracy, held, speed] = ["epoch", "loss", "accuracy", "validation", "speed"].map(tile);
  let newest: Progress | undefined;
  let validation: number | undefined;
  const show = withNextFrame(() => {
    if (!newest) return;
    const { epochs, samplesPerSecond } = newest;
    const texts = [
      [epoch, epochs.toFixed(epochs < 10 ? 1 : 0)],
      [loss, newest.loss.toFixed(3)],
      [accuracy, percent(newest.accuracy, 1)],
      [held, validation === undefined ? "–" : percent(validation, 1)],
      [speed, integer(samplesPerSecond)],
    ] as const;
    for (const [element, text] of texts) if (element) element.textContent = text;
  });
  return (progress) => {
    newest = progress;
    validation = progress.validation?.accuracy ?? (progress.epochs < 1 ? undefined : validation);
    show();
  };
}
