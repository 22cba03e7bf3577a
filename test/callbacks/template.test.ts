/** File names with figures in them, as Python formats them. */
import { describe, expect, it } from "vitest";
import { fillTemplate } from "../../src/callbacks/template.js";
import { expectFailure } from "../helpers/failure.js";

const figures = { epoch: 7, loss: 0.123456, val_loss: -12.5, tiny: 0.0000123, large: 1234567 };

describe("fillTemplate", () => {
  // What Python's str.format gives
  it.each([
    ["run/{epoch:02d}-{loss:.2f}", "run/07-0.12"],
    ["{epoch}", "7"],
    ["{epoch:d}", "7"],
    ["{epoch:3d}", "  7"],
    ["{epoch:03}", "007"],
    ["{epoch:.1f}", "7.0"],
    ["{loss}", "0.123456"],
    ["{loss:f}", "0.123456"],
    ["{loss:.0f}", "0"],
    ["{loss:8.3f}", "   0.123"],
    ["{loss:08.3f}", "0000.123"],
    ["{val_loss:08.3f}", "-012.500"],
    ["{val_loss:.2f}", "-12.50"],
    ["{loss:e}", "1.234560e-01"],
    ["{tiny:.2e}", "1.23e-05"],
    ["{large:.1e}", "1.2e+06"],
    ["{loss:.3g}", "0.123"],
    ["{tiny:.2g}", "1.2e-05"],
    ["{large:g}", "1.23457e+06"],
    ["{large:.9g}", "1234567"],
    ["{epoch:g}", "7"],
    ["{epoch:.3}", "7"],
    ["{loss:.1%}", "12.3%"],
    ["no figures", "no figures"],
    ["{epoch}{epoch}", "77"],
  ])("%s becomes %s", (template, expected) => {
    expect(fillTemplate(template, figures, "test")).toBe(expected);
  });

  it.each([
    [
      "{val_acc:.2f}",
      "test: {val_acc:.2f}: there is no figure 'val_acc'; there are: epoch, loss, val_loss, tiny, large",
    ],
    ["{}", "test: {}: there is no figure ''; there are: epoch, loss, val_loss, tiny, large"],
    ["{loss:d}", "test: {loss:d}: cannot format 0.123456 as {loss:d}"],
    ["{loss:s}", "test: {loss:s}: cannot format 0.123456 as {loss:s}"],
  ])("refuses %s", async (template, message) => {
    await expectFailure(() => fillTemplate(template, figures, "test"), RangeError, message);
  });
});
