/** What a page and a worker have to load. */
import { describe, expect, it } from "vitest";
import { bundle } from "../helpers/bundle.js";

describe("lanewise/lean/worker", () => {
  it("brings no kernels and no training to a page that only connects", async () => {
    const { modules, code } = await bundle(`
      import { connect } from "./src/worker/index.ts";
      globalThis.connect = connect;
    `);
    const heavy = /wasm\/|sequential|training\.ts|network\.ts|optimizers\/(adam|sgd)|serve|losses\/huber|metrics\/auc/;
    expect(modules.filter((path) => heavy.test(path))).toEqual([]);
    expect(code).not.toMatch(/from "node:|import\("node:worker_threads/);
  });

  it("brings a worker only those members that it registers", async () => {
    const { modules, code } = await bundle(`
      import { layers, losses, optimizers, register } from "./src/lean.ts";
      import { serve } from "./src/worker/index.ts";
      register({ layers: { dense: layers.dense }, losses: { mse: losses.meanSquaredError }, optimizers: { sgd: optimizers.sgd } });
      serve();
    `);
    expect(modules).toContain("src/optimizers/sgd.ts");
    const unwanted = /optimizers\/(adamax|nadam|rmsprop)|layers\/batch|losses\/huber|metrics\/auc|early-stopping|gelu/;
    expect(modules.filter((path) => unwanted.test(path))).toEqual([]);
    expect(code).not.toContain("Adagrad");
  });
});
