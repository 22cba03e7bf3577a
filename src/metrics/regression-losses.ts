/** Mean errors as metrics. */
import { meanSquaredError as squared } from "../losses/mean-squared-error.js";
import { defineLossMean } from "./loss-mean.js";

/** The mean of (p - y)². */
export const meanSquaredError = /* @__PURE__ */ defineLossMean("meanSquaredError", "MeanSquaredError", squared, {});
