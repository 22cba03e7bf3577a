/** Backward passes of all losses, with random options, reductions and weights, against differences of what they report. */
import { describe, expect, it } from "vitest";
import { checkGradients, denseLayer } from "../helpers/differences.js";
import { members, randomOptions } from "../helpers/random-losses.js";

/** A share of the largest gradient: see ../gradients.test.ts. */
const TOLERANCE = 2e-3;

describe.each(members)("$name", ({ make }) => {
  it.each([1, 2, 3, 4, 5, 6])("has the gradient of its values, options %i", async (salt) => {
    const loss = make(randomOptions(make, salt));
    const probabilities = (salt % 3 && loss.fused?.activation) || "sigmoid";
    const output = loss.config.from_logits ? "linear" : probabilities;
    const stack = [denseLayer(5, "tanh", [3]), denseLayer([4, 3, 6][salt % 3] as number, output)];
    const report = await checkGradients({ stack, loss, rows: 3 + salt, salt, weighted: salt % 2 === 0 });
    expect(report.error, JSON.stringify(loss.config)).toBeLessThan(TOLERANCE);
    expect(report.compared, JSON.stringify(loss.config)).toBeGreaterThan(report.leftOut);
  });
});
