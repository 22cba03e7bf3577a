/** backupAndRestore: an interrupted training ends with the bits of one that was not. */
import { spawn } from "node:child_process";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import {
  type Callback,
  type CallbackHooks,
  callbacks,
  FormatError,
  LanewiseError,
  optimizers,
} from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { digest } from "../helpers/digest.js";
import { useDirectory } from "../helpers/directory.js";
import { errorOf, expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { EPOCHS, makeModel, run } from "../helpers/resumed-run.js";
import { expectSameWeights } from "../helpers/weights.js";

const path = useDirectory();
const exists = (name: string) =>
  access(path(name)).then(
    () => true,
    () => false,
  );

/** Fails in that call of a hook, from 0. */
function failIn(hook: keyof CallbackHooks, at: number): Callback {
  let calls = 0;
  const fail = () => {
    if (calls++ === at) throw new Error("power cut");
  };
  return { [hook]: fail };
}

/** Where a run of 8 epochs of 9 batches may be cut off. */
const moments: readonly (readonly [hook: keyof CallbackHooks, at: number])[] = [
  ["onTrainBegin", 0],
  ["onBatchEnd", 4],
  ["onEpochEnd", 0],
  ["onEpochBegin", 1],
  ["onBatchBegin", 12],
  ["onTestBegin", 2],
  ["onEpochEnd", 3],
  ["onBatchEnd", 32],
  ["onTrainEnd", 0],
];

describe("backupAndRestore", () => {
  it.each(["epoch", 4] as const)("saving each %s: comes to the same bits, wherever it is interrupted", async (freq) => {
    const expected = await run([]);
    for (const [hook, at] of moments) {
      const backup = () => callbacks.backupAndRestore({ backupDir: path("backup"), saveFreq: freq });
      await expect(run([failIn(hook, at), backup()]), `${hook} ${at}`).rejects.toThrow("power cut");
      const resumed = await run([backup()]);
      expectSameWeights(resumed.getWeights(), expected.getWeights());
      expect(await exists("backup")).toBe(false);
    }
  });

  it("comes to the same bits when it is interrupted again and again, and the log has every epoch once", async () => {
    const expected = await run([callbacks.csvLogger(path("expected.csv"))]);
    let model: typeof expected | undefined;
    for (let interruptions = 0; !model; interruptions++) {
      const cut = failIn("onBatchEnd", 13);
      model = await run([
        callbacks.csvLogger(path("log.csv")),
        callbacks.backupAndRestore(path("backup"), { saveFreq: 5 }),
        cut,
      ]).catch(() => undefined);
      expect(interruptions).toBeLessThan(EPOCHS * 3);
    }
    expectSameWeights(model.getWeights(), expected.getWeights());
    expect(await readFile(path("log.csv"), "utf8")).toBe(await readFile(path("expected.csv"), "utf8"));
  });

  it("takes up the seed of a run that had none of its own", async () => {
    const fit = async (...list: Callback[]) => {
      const model = makeClassifier({ seed: wrong(undefined) });
      const twin = makeClassifier();
      twin.setWeights(model.getWeights());
      const { seed } = await twin.fit(x, y, { epochs: 4, batchSize: 2, callbacks: list });
      return { seed, weights: twin.getWeights() };
    };
    expect((await fit(failIn("onEpochEnd", 9))).seed).toBe((await fit()).seed);
  });

  it("keeps the backup when a signal ends training, and the history begins with the epoch that it goes on with", async () => {
    const controller = new AbortController();
    const onEpochEnd = (epoch: number) => (epoch === 2 ? controller.abort(new Error("enough")) : undefined);
    const backup = callbacks.backupAndRestore(path("backup"));
    const first = makeClassifier();
    await expect(
      first.fit(x, y, { epochs: 5, signal: controller.signal, callbacks: [{ onEpochEnd }, backup] }),
    ).rejects.toThrow("enough");
    expect(await readdir(path("backup"))).toEqual(["training.state"]);
    const { epoch } = await makeClassifier().fit(x, y, { epochs: 5, callbacks: backup });
    expect(epoch).toEqual([3, 4]);
    expect(await exists("backup")).toBe(false);
  });

  it("with deleteCheckpoint: false keeps it to the end, and has then nothing left to train", async () => {
    const options = { backupDir: path("backup"), deleteCheckpoint: false };
    const fit = async () => {
      const model = makeClassifier();
      const { epoch } = await model.fit(x, y, { epochs: 2, callbacks: callbacks.backupAndRestore(options) });
      return { epoch, weights: model.getWeights() };
    };
    const [first, second] = [await fit(), await fit()];
    expect([first.epoch, second.epoch]).toEqual([[0, 1], []]);
    expectSameWeights(second.weights, first.weights);
  });

  it("removes its own file only, and what was left of one half written", async () => {
    await mkdir(path("backup"));
    await writeFile(path("backup", "notes.txt"), "mine");
    await writeFile(path("backup", ".lanewise-1-2.new"), "half");
    await makeClassifier().fit(x, y, { callbacks: callbacks.backupAndRestore(path("backup")) });
    expect(await readdir(path("backup"))).toEqual(["notes.txt"]);
  });
});

describe("backupAndRestore refuses", () => {
  const backup = () => callbacks.backupAndRestore(path("backup"));
  const interrupt = () =>
    expect(
      makeClassifier().fit(x, y, { epochs: 2, callbacks: [backup(), failIn("onEpochBegin", 1)] }),
    ).rejects.toThrow();

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "another optimizer",
      () => makeClassifier({ optimizer: "sgd" }).fit(x, y, { callbacks: backup() }),
      "the training to go on with was by Adam, the model is compiled with SGD",
    ],
    [
      "other settings of the optimizer",
      () => makeClassifier({ optimizer: optimizers.adam({ useEma: true }) }).fit(x, y, { callbacks: backup() }),
      "the training to go on with was of another model: expected dense/kernel of 20 values and 3 slots, got dense/kernel of 20 values and 2 slots",
    ],
    [
      "another seed",
      () => makeClassifier().fit(x, y, { seed: 2, callbacks: backup() }),
      "the training to go on with had the seed 1, this one has 2",
    ],
    [
      "another model",
      () => {
        const model = makeModel();
        model.compile({ optimizer: "adam", loss: "mse" });
        return model.fit(new Float32Array(11).length ? wrong([Array(11).fill(1)]) : x, wrong([[1, 0, 0]]), {
          seed: 1,
          callbacks: backup(),
        });
      },
      "the training to go on with was of another model: expected dense/kernel of 99 values and 2 slots, got dense/kernel of 20 values and 2 slots",
    ],
  ])("%s, with the backup left as it is", async (_, fit, message) => {
    await interrupt();
    const before = await readFile(path("backup", "training.state"));
    await expectFailure(fit, LanewiseError, message);
    expect(await readFile(path("backup", "training.state"))).toEqual(before);
  });

  it("a damaged file, and another one", async () => {
    await interrupt();
    const file = path("backup", "training.state");
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, -1));
    const error = await errorOf(() => makeClassifier().fit(x, y, { callbacks: backup() }));
    expect(error).toBeInstanceOf(FormatError);
    expect(`${error}`).toMatch(/training\.state: expected CRC-32 [0-9a-f]{8}, got [0-9a-f]{8}: the file is damaged$/);
    await writeFile(file, "hello");
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks: backup() }),
      FormatError,
      `${file}: expected the state of a training run, got another file`,
    );
  });

  it("a place that cannot be written to, with the reason", async () => {
    await writeFile(path("file"), "");
    const fit = (place: string) => makeClassifier().fit(x, y, { callbacks: callbacks.backupAndRestore(path(place)) });
    await expectFailure(
      () => fit("file"),
      LanewiseError,
      `cannot make directory ${path("file")}: a file of that name is in the way`,
    );
    await mkdir(path("backup", "training.state"), { recursive: true });
    const error = await errorOf(() => fit("backup"));
    expect(error).toBeInstanceOf(LanewiseError);
    expect(`${error}`).toContain("it is a directory");
  });

  it("a page, which has no file system", async () => {
    vi.stubGlobal("process", undefined);
    const error = await errorOf(() => makeClassifier().fit(x, y, { callbacks: callbacks.backupAndRestore("backup") }));
    vi.unstubAllGlobals();
    expect(`${error}`).toBe("LanewiseError: cannot make directory backup: there is no file system here");
  });

  it.each<Refused>([
    ["no place", { backupDir: "" }, TypeError, 'backupDir: expected a path or a file: URL, got ""'],
    ["a number as place", { backupDir: 1 }, TypeError, "backupDir: expected a path or a file: URL, got 1"],
    [
      "batches of 0",
      { saveFreq: 0 },
      RangeError,
      "saveFreq: 'epoch' or a number of batches: expected an integer of at least 1, got 0",
    ],
    ["1 as deleteCheckpoint", { deleteCheckpoint: 1 }, TypeError, "deleteCheckpoint: expected true or false, got 1"],
  ])("%s", async (_, options, error, message) => {
    await expectFailure(
      () => callbacks.backupAndRestore(wrong({ backupDir: "x", ...(options as object) })),
      error,
      `backupAndRestore: ${message}`,
    );
  });
});

describe("a process that is killed", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const script = fileURLToPath(new URL("../helpers/resumed-run.ts", import.meta.url));

  /** What the process prints; it is killed so many milliseconds after it has begun to train. */
  function runProcess(killAfter?: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ["--import", "tsx", script, path("backup"), path("log.csv")], {
        cwd: root,
      });
      let printed = "";
      child.stdout.on("data", (data) => {
        if (printed === "" && killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
        printed += data;
      });
      child.on("error", reject);
      child.on("exit", () => resolve(printed));
    });
  }

  it("loses nothing: the next one comes to the same bits, and the log has every epoch once", async () => {
    const expected = await run([callbacks.csvLogger(path("expected.csv"))]);
    for (const milliseconds of [60]) await runProcess(milliseconds);
    const printed = await runProcess();
    expect(printed).toBe(`ready\n${await digest(expected.getWeights())}\n`);
    expect(await readFile(path("log.csv"), "utf8")).toBe(await readFile(path("expected.csv"), "utf8"));
    expect(await exists("backup")).toBe(false);
  }, 60_000);
});
