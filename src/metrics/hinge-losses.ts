/** Hinge losses as metrics. */
import { categoricalHinge as categorical } from "../losses/categorical-hinge.js";
import { hinge as plain, squaredHinge as squared } from "../losses/hinge.js";
import { defineLossMean } from "./loss-mean.js";

/** The mean over rows of the mean of max(1 - y · p, 0). Targets: -1 and 1; or all 0 and 1, which are taken for them. */
export const hinge = /* @__PURE__ */ defineLossMean("hinge", "Hinge", plain, {});

/** The mean over rows of the mean of max(1 - y · p, 0)². Targets as of `hinge`. */
export const squaredHinge = /* @__PURE__ */ defineLossMean("squaredHinge", "SquaredHinge", squared, {});

/** The mean over rows of max(1 + max (1 - y) · p - Σ y · p, 0). Targets: one-hot rows. */
export const categoricalHinge = /* @__PURE__ */ defineLossMean("categoricalHinge", "CategoricalHinge", categorical, {});
