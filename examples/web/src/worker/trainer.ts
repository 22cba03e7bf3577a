/** Trains a model, tells how it goes, and can be paused. */
import type { Callback, Logs, Sequential } from "lanewise/lean";
import type { Digits } from "../digits/digits.js";
import type { Settings } from "../train/settings.js";
import { buildModel } from "./build-model.js";
import { type Parts, splitDigits } from "./parts.js";
import type { Progress, TrainingResult } from "./protocol.js";

/** At most one report in so many milliseconds, and one at the end of each epoch. */
const REPORT_EVERY = 100;

export function makeTrainer(report: (progress: Progress) => void) {
  let digits: Digits | undefined;
  let parts: Parts | undefined;
  let model: Sequential | undefined;
  let isStopped = false;
  /** While paused: what training waits for. */
  let gate: { readonly opened: Promise<void>; open(): void } | undefined;

  function openGate(): void {
    gate?.open();
    gate = undefined;
  }

  return {
    setDigits(next: Digits): void {
      digits = next;
      parts = undefined;
    },

    async train(settings: Settings): Promise<TrainingResult> {
      if (!digits) throw new Error("there are no digits yet");
      parts ??= splitDigits(digits);
      const { train, validation } = parts;
      const current = buildModel(settings);
      model = current;
      isStopped = false;
      const meter = makeMeter(train.indices.length, report);
      const obey = async (): Promise<void> => {
        if (gate) await meter.without(gate.opened);
        // Not where stop() is called: that may be before fit() has begun, which takes it back
        if (isStopped) current.stopTraining = true;
      };
      try {
        await current.fit(train.x, train.y, {
          epochs: settings.epochs,
          batchSize: settings.batchSize,
          validationData: [validation.x, validation.y],
          callbacks: [meter.callback, { onBatchEnd: obey }],
        });
        return { artifacts: await current.toArtifacts(), ...meter.total() };
      } finally {
        openGate();
        model = undefined;
      }
    },

    async pause(): Promise<void> {
      if (!model || gate) return;
      let open = (): void => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      gate = { opened, open };
    },

    async resume(): Promise<void> {
      openGate();
    },

    async stop(): Promise<void> {
      isStopped = true;
      openGate();
    },
  };
}

/** Measures time and samples, and makes the reports. */
function makeMeter(samplesPerEpoch: number, report: (progress: Progress) => void) {
  let start = performance.now();
  let samples = 0;
  let epochSamples = 0;
  let reported = { samples: 0, time: start, loss: 0, accuracy: 0 };

  /** The logs are means over the epoch so far: what was reported before is taken out again. */
  function send({ loss = 0, accuracy = 0, val_loss, val_accuracy }: Logs): void {
    const time = performance.now();
    const count = epochSamples - reported.samples;
    const since = (mean: number, before: number) => (mean * epochSamples - before * reported.samples) / count;
    if (count > 0) {
      report({
        epochs: samples / samplesPerEpoch,
        loss: since(loss, reported.loss),
        accuracy: since(accuracy, reported.accuracy),
        samplesPerSecond: (samples / (time - start)) * 1000,
        ...(val_loss !== undefined && { validation: { loss: val_loss, accuracy: val_accuracy ?? 0 } }),
      });
    }
    reported = { samples: epochSamples, time, loss, accuracy };
  }

  const callback: Callback = {
    onEpochBegin() {
      epochSamples = 0;
      reported = { ...reported, samples: 0 };
    },
    onBatchEnd(_, logs) {
      samples += logs.size ?? 0;
      epochSamples += logs.size ?? 0;
      const isLast = epochSamples >= samplesPerEpoch;
      if (!isLast && performance.now() - reported.time >= REPORT_EVERY) send(logs);
    },
    onEpochEnd: (_, logs) => send(logs),
  };
  return {
    callback,
    /** Waits for the end of a pause, which does not count. */
    async without(pause: Promise<void>): Promise<void> {
      const begin = performance.now();
      await pause;
      start += performance.now() - begin;
    },
    total() {
      const seconds = (performance.now() - start) / 1000;
      return { epochs: samples / samplesPerEpoch, seconds, samplesPerSecond: samples / seconds };
    },
  };
}
