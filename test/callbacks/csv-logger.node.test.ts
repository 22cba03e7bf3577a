/** csvLogger against Keras's CSVLogger: which columns, which lines. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { callbacks, LanewiseError } from "../../src/index.js";
import { feed } from "../helpers/callback-run.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { useDirectory } from "../helpers/directory.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";

const path = useDirectory();
const epochs = [
  { logs: { loss: 0.5, accuracy: 0.25, val_loss: 1, val_accuracy: 0 } },
  { logs: { loss: 1e-7, accuracy: 1, val_loss: Number.NaN, val_accuracy: 0.1 } },
];
const lines = ["epoch,accuracy,loss,val_accuracy,val_loss", "0,0.25,0.5,0,1", "1,1,1e-7,0.1,NaN", ""];

const read = async (name = "log.csv") => (await readFile(path(name), "utf8")).split("\n");

describe("csvLogger", () => {
  it("writes a heading with the names in order, and a line per epoch", async () => {
    await feed(callbacks.csvLogger(path("log.csv")), epochs);
    expect(await read()).toEqual(lines);
  });

  it("replaces what is there, or goes on behind it", async () => {
    const csv = (append: boolean) => callbacks.csvLogger({ filename: pathToFileURL(path("log.csv")), append });
    for (const append of [true, false]) {
      await feed(csv(append), epochs);
      expect(await read()).toEqual(lines);
    }
    await feed(csv(true), epochs, { initialEpoch: 2 });
    expect(await read()).toEqual([...lines.slice(0, 3), "2,0.25,0.5,0,1", "3,1,1e-7,0.1,NaN", ""]);
  });

  it("has columns for validation that may come later, and NA where there is no figure", async () => {
    await feed(callbacks.csvLogger(path("log.csv")), [{ logs: { loss: 2 } }, { logs: { loss: 1, val_loss: 3 } }]);
    expect(await read()).toEqual(["epoch,loss,val_loss", "0,2,NA", "1,1,3", ""]);
  });

  it("separates by another text, and quotes what holds it", async () => {
    const logs = { "a;b": 1, 'say "c"': 2, val_d: 3 };
    await feed(callbacks.csvLogger(path("log.csv"), { separator: ";" }), [{ logs }]);
    expect(await read()).toEqual(['epoch;"a;b";"say ""c""";val_d', "0;1;2;3", ""]);
  });

  it("is there line by line, and has what callbacks before it add", async () => {
    const seen: string[] = [];
    const onEpochEnd = async () => void seen.push((await read()).at(-2) as string);
    await makeClassifier({ metrics: [] }).fit(x, y, {
      epochs: 2,
      callbacks: [
        callbacks.learningRateScheduler((epoch) => 1 / (epoch + 1)),
        callbacks.csvLogger(path("log.csv")),
        { onEpochEnd },
      ],
    });
    expect(seen.map((line) => line.replace(/(\d,\d[.\d]*,)[.\d]+/, "$1loss"))).toEqual([
      "0,1,loss,NA,NA",
      "1,0.5,loss,NA,NA",
    ]);
  });

  it("goes on with the file as it was", async () => {
    const callback = callbacks.csvLogger(path("log.csv"));
    const { hooks } = await feed(callback, epochs.slice(0, 1));
    const state = hooks.state?.();
    await hooks.onEpochEnd?.(1, { loss: 5 });
    await feed(callback, epochs.slice(1), { initialEpoch: 1, state });
    expect(await read()).toEqual(lines);
  });

  it("says why it cannot write", async () => {
    const fit = (name: string) => makeClassifier().fit(x, y, { callbacks: callbacks.csvLogger(path(name)) });
    await expectFailure(
      () => fit("none/log.csv"),
      LanewiseError,
      `cannot write ${path("none/log.csv")}: directory does not exist: ${path("none")}`,
    );
    await mkdir(path("folder"));
    await expectFailure(() => fit("folder"), LanewiseError, `cannot write ${path("folder")}: it is a directory`);
    await writeFile(path("file"), "");
    await expectFailure(
      () => fit("file/log.csv"),
      LanewiseError,
      `cannot write ${path("file/log.csv")}: not a directory: ${path("file")}`,
    );
  });

  it("says that a page has no file system", async () => {
    vi.stubGlobal("process", undefined);
    const error = await feed(callbacks.csvLogger("log.csv"), epochs).catch((reason: Error) => reason);
    vi.unstubAllGlobals();
    expect(`${error}`).toBe("LanewiseError: cannot write log.csv: there is no file system here");
  });

  it.each<Refused>([
    ["no name", { filename: "" }, TypeError, 'filename: expected a path or a file: URL, got ""'],
    ["a number as name", { filename: 1 }, TypeError, "filename: expected a path or a file: URL, got 1"],
    ["no separator", { separator: "" }, TypeError, 'separator: expected a text, got ""'],
    ["1 as append", { append: 1 }, TypeError, "append: expected true or false, got 1"],
    ["another option", { path: "" }, TypeError, "unknown option 'path'; known: filename, separator, append"],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(
      () => callbacks.csvLogger(wrong({ filename: "x", ...(options as object) })),
      error,
      `csvLogger: ${message}`,
    );
  });
});
