import { defineMetric } from "./define-metric.js";
import { meanOfElements } from "./means.js";

/** √ of the mean over all elements of (p - y)². */
export const rootMeanSquaredError = /* @__PURE__ */ defineMetric("rootMeanSquaredError", {
  className: "RootMeanSquaredError",
  defaults: {},
  reading: { targets: "alike", values: "elements" },
  start() {
    const mean = meanOfElements((y, p) => (p - y) * (p - y));
    return { ...mean, result: () => Math.sqrt(mean.result()) };
  },
});
