/** Real threads, and the package as it is shipped. */
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type * as Library from "../../src/index.js";
import type * as WorkerLibrary from "../../src/worker/index.js";
import { x, y } from "../helpers/classifier.js";
import { errorOf } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const root = new URL("../../", import.meta.url);
const dist = new URL(`build/threads-test-${process.pid}/`, root);
let lanewise: typeof Library;
let lean: typeof Library;
let connect: typeof WorkerLibrary.connect;
let leanConnect: typeof WorkerLibrary.connect;

beforeAll(async () => {
  const run = promisify(execFile);
  await run(process.execPath, ["scripts/build-dist.mjs", fileURLToPath(dist)], { cwd: fileURLToPath(root) });
  [lanewise, lean] = await Promise.all(["lanewise.js", "lean.js"].map((file) => import(new URL(file, dist).href)));
  ({ connect } = await import(new URL("worker.js", dist).href));
  ({ connect: leanConnect } = await import(new URL("worker/index.js", dist).href));
});
afterAll(() => rm(dist, { recursive: true, force: true }));

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

let scripts = 0;
async function start(code: string): Promise<Worker> {
  const script = new URL(`script-${scripts++}.mjs`, dist);
  await writeFile(script, code);
  const worker = new Worker(script);
  workers.push(worker);
  return worker;
}

const serving = 'import { serve } from "./worker.js"; serve();';
const compile = { optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] };

function stack({ layers }: typeof Library): Library.Layer[] {
  return [
    layers.dense({ units: 7, activation: "selu", kernelInitializer: "lecunNormal" }),
    layers.alphaDropout({ rate: 0.1 }),
    layers.dense({ units: 3, activation: "softmax" }),
  ];
}

describe("a thread", () => {
  it("trains to the same bits", async () => {
    const [here, there] = [
      new lanewise.Sequential(stack(lanewise), { seed: 7 }),
      connect(await start(serving), stack(lanewise), { seed: 7 }),
    ];
    here.compile(compile);
    await there.compile(compile);
    const fit = { epochs: 20, batchSize: 2, validationSplit: 0.3 };
    expect(await there.fit(x, y, fit)).toEqual(await here.fit(x, y, fit));
    expectSameWeights(await there.getWeights(), here.getWeights());
  });

  it("leaves this one free, and is stopped from it", async () => {
    const model = connect(await start(serving), stack(lanewise));
    await model.compile(compile);
    const signal = AbortSignal.timeout(100);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    expect(await errorOf(() => model.fit(x, y, { epochs: 1e9, signal }))).toBe(signal.reason);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
    expect((await model.predict(x)).shape).toEqual([6, 3]);
  });

  it("shares memory that is shared", async () => {
    const model = connect(await start(serving), stack(lanewise), { seed: 1 });
    const data = new Float32Array(new SharedArrayBuffer(x.data.byteLength));
    data.set(x.data);
    expect(await model.predict({ ...x, data })).toEqual(await model.predict(x));
  });

  /** What a worker does when `tell` tells it to. */
  const whenTold = (code: string): string =>
    `import { parentPort } from "node:worker_threads"; parentPort.on("message", (told) => { if (told === "now") ${code} });`;
  const tell = (worker: Worker) => worker.postMessage("now");

  it.each<[string, string, (worker: Worker) => unknown, string]>([
    ["exits", whenTold("process.exit(3);"), tell, "it has ended with exit code 3"],
    ["throws later", whenTold("throw new Error('oh');"), tell, "oh"],
    ["rejects", whenTold("Promise.reject(new TypeError('no'));"), tell, "no"],
    ["is terminated", "", (worker) => worker.terminate(), "it has ended with exit code 1"],
  ])("that %s rejects what is pending and what comes later", async (_, code, end, reason) => {
    const worker = await start(`${serving} ${code}`);
    const [model, other] = [connect(worker, stack(lanewise)), connect(worker, stack(lanewise))];
    await model.compile(compile);
    const fit = model.fit(x, y, { epochs: 1e9, callbacks: { onTrainBegin: () => void end(worker) } });
    const error = (await errorOf(() => fit)) as Error;
    expect(error).toBeInstanceOf(lanewise.LanewiseError);
    expect(error.message).toBe(`the worker is gone: ${reason}`);
    for (const call of [() => model.predict(x), () => other.predict(x), () => connect(worker).predict(x)]) {
      expect(await errorOf(call)).toBe(error);
    }
  });

  it("that throws while it is loaded rejects", async () => {
    const error = (await errorOf(async () =>
      connect(await start("throw new RangeError('at load');"), stack(lanewise)).predict(x),
    )) as Error;
    expect(error).toBeInstanceOf(lanewise.LanewiseError);
    expect(error.message).toBe("the worker is gone: at load");
    expect(error.cause).toMatchObject({ name: "RangeError" });
  });
});

it("members that are registered in the worker are known there by their names", async () => {
  const code = `
    import { layers, register } from "./lanewise.js";
    import { serve } from "./worker.js";
    const mine = {
      value: (_, { shape: [rows] }) => new Float32Array(rows).fill(5),
      gradient: (_, { data, shape }) => ({ data: new Float32Array(data.length), shape, dtype: "float32" }),
    };
    register({
      losses: { mine: () => mine },
      metrics: { five: () => ({ name: "five", start: () => ({ update() {}, result: () => 5 }) }) },
      layers: { ownLayer: (options) => ({ ...layers.dense(options), className: "OwnLayer" }) },
    });
    serve();
  `;
  const own = { ...lanewise.layers.dense({ units: 3 }), className: "OwnLayer" };
  const model = connect(await start(code), [own]);
  await model.compile({ optimizer: "sgd", loss: "mine", metrics: ["five"] });
  expect(await model.evaluate(x, y)).toEqual({ loss: 5, five: 5 });
});

describe("the package", () => {
  it("has one copy of the library for lanewise and lanewise/worker", async () => {
    const own = `
      import { layers, losses, register, Sequential } from "./lanewise.js";
      import { serve } from "./worker.js";
      register({ losses: { mine: () => losses.huber({ delta: 0.5 }) } });
      serve();
    `;
    const model = connect(await start(own), stack(lanewise));
    await model.compile({ optimizer: "sgd", loss: "mine" });
    expect(await errorOf(() => model.predict([[1], [2, 3]]))).toBeInstanceOf(lanewise.ShapeError);
    const untrained = connect(await start(serving), stack(lanewise));
    expect(await errorOf(() => untrained.fit(x, y))).toBeInstanceOf(lanewise.StateError);
    const inner = new lanewise.Sequential(stack(lanewise));
    expect((await connect(await start(serving), [inner]).predict(x)).shape).toEqual([6, 3]);
  });

  it("has one for the lean entries", async () => {
    const code = `
      import { activations, initializers, layers, losses, optimizers, register } from "./lean.js";
      import { serve } from "./worker/index.js";
      register({
        activations: { tanh: activations.tanh },
        initializers: { glorotUniform: initializers.glorotUniform, zeros: initializers.zeros },
        layers: { dense: layers.dense },
        losses: { meanSquaredError: losses.meanSquaredError },
        optimizers: { sgd: optimizers.sgd },
      });
      serve();
    `;
    const { layers, losses, optimizers, activations } = lean;
    const make = () => [layers.dense({ units: 3, activation: activations.tanh() })];
    const options = () => ({ optimizer: optimizers.sgd(), loss: losses.meanSquaredError() });
    const [here, there] = [
      new lean.Sequential(make(), { seed: 1 }),
      leanConnect(await start(code), make(), { seed: 1 }),
    ];
    here.compile(options());
    await there.compile(options());
    expect(await there.fit(x, y)).toEqual(await here.fit(x, y));
    expectSameWeights(await there.getWeights(), here.getWeights());
    const error = (await errorOf(() => there.compile({ optimizer: optimizers.adam(), loss: "mse" }))) as Error;
    expect(error).toBeInstanceOf(lean.LanewiseError);
    expect(error.message).toBe(
      "compile: the worker does not know the optimizer Adam; call register({ optimizers: … }) there",
    );
  });

  it("exports what is there", async () => {
    const { default: description } = await import("../../package.json", { with: { type: "json" } });
    const { exports } = description;
    for (const entry of [exports["./worker"], exports["./lean/worker"]]) {
      const file = entry.default.replace("./dist/", "");
      expect(Object.keys(await import(new URL(file, dist).href)).sort()).toEqual(["connect", "serve"]);
    }
  });
});
