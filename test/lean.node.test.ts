/** The entry without names, and what a bundler leaves out of it. */
import { describe, expect, it } from "vitest";
import * as whole from "../src/index.js";
import * as lean from "../src/lean.js";
import { bundle } from "./helpers/bundle.js";
import { expectFailure } from "./helpers/failure.js";

describe("lanewise/lean", () => {
  it("exports what lanewise does", () => {
    expect(Object.keys(lean).sort()).toEqual(Object.keys(whole).sort());
    expect(lean.layers).toEqual(whole.layers);
    expect(lean.optimizers).toEqual(whole.optimizers);
  });

  it("drops what a page does not import", async () => {
    const { modules, code } = await bundle(`
      import { layers, losses, optimizers, Sequential } from "./src/lean.ts";
      const model = new Sequential([layers.dense({ units: 2, inputShape: [3] }), layers.dropout({ rate: 0.1 })]);
      model.compile({ optimizer: optimizers.adam(), loss: losses.categoricalCrossentropy() });
      globalThis.model = model;
    `);
    const families = [
      "activations",
      "initializers",
      "layers",
      "losses",
      "metrics",
      "optimizers",
      "schedules",
      "callbacks",
    ];
    const members = modules.filter((path) => families.some((family) => path.startsWith(`src/${family}/`)));
    for (const unwanted of [
      /optimizers\/(nadam|sgd|rmsprop)/,
      /layers\/batch/,
      /losses\/huber/,
      /metrics\/auc/,
      /gelu/,
    ]) {
      expect(members.filter((path) => unwanted.test(path))).toEqual([]);
    }
    expect(members).toContain("src/optimizers/adam.ts");
    expect(code).not.toContain("Adagrad");
  });

  it("says what to do where a name is not known", async () => {
    const { code } = await bundle(`
      import { layers, register } from "./src/lean.ts";
      export const withName = () => layers.dense({ units: 2, kernelInitializer: "heNormal" });
      export { register };
    `);
    const page: typeof lean & { withName(): unknown } = await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    );
    await expectFailure(
      page.withName,
      RangeError,
      'initializer "heNormal": lanewise/lean knows no names; pass the member of `initializers` itself, or call register({ initializers: … }) first',
    );
    page.register({ initializers: { heNormal: whole.initializers.heNormal } });
    expect(page.withName()).toMatchObject({ className: "Dense" });
  });
});
