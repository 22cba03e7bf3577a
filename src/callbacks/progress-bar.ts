import type { Callback } from "./callback.js";

/** A line on the console for each epoch. */
export function progressBar(): Callback {
  return ({ epochs }) => {
    let start = 0;
    return {
      onEpochBegin() {
        start = performance.now();
      },
      onEpochEnd(epoch, logs) {
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        const figures = Object.entries(logs).map(([name, value]) => `${name}: ${value.toFixed(4)}`);
        console.log(`Epoch ${epoch + 1}/${epochs} - ${seconds}s - ${figures.join(" - ")}`);
      },
    };
  };
}
