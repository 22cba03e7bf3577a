/** The program as a shell sees it: exit codes, signals, pipes. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential, saveNpy } from "../../src/index.js";
import { version } from "../../src/version.js";
import { lanewise, makeImages, type StartOptions, useFiles, widest } from "./helpers.js";

const files = useFiles();

describe.concurrent("exit codes", () => {
  it("0 for help, which fits in 80 columns, and for the version", async () => {
    const [none, help, number] = await Promise.all([lanewise([]), lanewise(["--help"]), lanewise(["--version"])]);
    expect(none).toMatchObject({ code: 0, stdout: help.stdout });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: lanewise <command> [flags]");
    expect(widest(help.stdout)).toBeLessThanOrEqual(80);
    expect(number).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    ["train", "[flags]"],
    ["study", "[flags]"],
    ["study-worker", "--redis URL [flags]"],
    ["evaluate", "MODEL... --images FILE --labels FILE [flags]"],
    ["predict", "MODEL... --images FILE [flags]"],
    ["info", "FILE... [flags]"],
  ])("0 for the help of %s, before anything else and in 80 columns", async (command, usage) => {
    const [long, short] = await Promise.all([lanewise([command, "--no-such", "--help"]), lanewise([command, "-h"])]);
    expect(long).toMatchObject({ code: 0, stderr: "" });
    expect(long.stdout).toContain(`Usage: lanewise ${command} ${usage}\n`);
    expect(long.stdout).toContain(`\n\n  lanewise ${command} `.replace("lanewise train", "npm run train --"));
    expect(widest(long.stdout)).toBeLessThanOrEqual(80);
    expect(short).toEqual(long);
  });

  it("2 for a command line that makes no sense", async () => {
    const [command, flag] = await Promise.all([lanewise(["trian"]), lanewise(["train", "--epoch", "3"])]);
    expect(command).toEqual({
      code: 2,
      stdout: "",
      stderr: "lanewise: unknown command 'trian'. Did you mean 'train'?\n",
    });
    expect(flag).toEqual({
      code: 2,
      stdout: "",
      stderr: "lanewise: unknown flag '--epoch'. Did you mean '--epochs'?\n",
    });
  });

  it("1 for files and data, in one line, and with DEBUG=lanewise where it comes from", async () => {
    const args = ["train", "--images", "missing.npy"];
    const [short, long] = await Promise.all([lanewise(args), lanewise(args, { env: { DEBUG: "lanewise" } })]);
    expect(short).toEqual({ code: 1, stdout: "", stderr: "lanewise: cannot read missing.npy: no such file\n" });
    expect(long.code).toBe(1);
    expect(long.stderr).toMatch(/^LanewiseError: cannot read missing.npy: no such file\n +at /);
  });

  it("1 when training diverges, behind the lines of its epochs", async () => {
    const { code, stderr } = await lanewise(["train", ...files.flags, "--learning-rate", "1e30"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lanewise: training diverged: [^\n]+\n$/);
  });
});

describe.concurrent("signals", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends training, and the run still reports, saves and exits with %d", async (signal, code) => {
    const out = join(files.directory, signal);
    const json = join(files.directory, `${signal}.json`);
    let sent = false;
    const ended = await lanewise(["train", ...files.flags, "--epochs", "1000000", "--out", out, "--json", json], {
      onOutput(stdout, child) {
        if (sent || !/^ *3\/1000000 /m.test(stdout)) return;
        sent = true;
        child.kill(signal);
      },
    });
    expect(ended).toMatchObject({ code, stderr: "" });
    expect(ended.stdout).toMatch(/^Test accuracy /m);
    const report = JSON.parse(await readFile(json, "utf8"));
    const losses = report.history.history.val_loss as number[];
    expect(report.stopped).toBe(signal);
    expect(losses.length).toBeGreaterThanOrEqual(3);
    expect(report.weightsOfEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    const model = await Sequential.load(out);
    const probabilities = await model.predict(makeImages());
    const [worst] = report.test.mistakes;
    if (worst) expect([...probabilities.data.subarray(worst.row * 4, worst.row * 4 + 4)]).toContain(worst.probability);
  });

  it("the second one ends the program at once, unless npm has doubled the first", async () => {
    const program = `
      import { listenForStop } from "./src/cli/stop-signals.ts";
      const stop = listenForStop(() => console.log("left"));
      stop.addEventListener("abort", () => console.log(stop.reason));
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program]);
    let stdout = "";
    child.stdout.on("data", (text: Buffer) => {
      stdout += text;
      if (stdout === "ready\n") child.kill("SIGINT");
      if (!stdout.endsWith("SIGINT\n")) return;
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGINT"), 400);
    });
    const start = performance.now();
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(stdout).toBe("ready\nSIGINT\nleft\n");
    expect(performance.now() - start).toBeGreaterThan(400);
  });
});

describe("finishBeforeStop", () => {
  it("does the work although a signal comes, and gives its exit code", async () => {
    const program = `
      import { finishBeforeStop } from "./src/cli/stop-signals.ts";
      const code = await finishBeforeStop(async () => {
        process.kill(process.pid, "SIGTERM");
        await new Promise((resolve) => setTimeout(resolve, 50));
        console.log("done");
      });
      console.log(code);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program]);
    let stdout = "";
    child.stdout.on("data", (text: Buffer) => {
      stdout += text;
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(stdout).toBe("done\n143\n");
  });
});

describe.concurrent("a saved model", () => {
  it("is made by train, measured by evaluate, asked by predict and described by info", async () => {
    const out = join(files.directory, "saved");
    const data = ["--images", files.images];
    expect(await lanewise(["train", ...files.flags, "--epochs", "2", "--quiet", "--out", out])).toMatchObject({
      code: 0,
    });
    const [measured, asked, described] = await Promise.all([
      lanewise(["evaluate", out, ...files.flags, "--quiet"]),
      lanewise(["predict", out, ...data]),
      lanewise(["info", out]),
    ]);
    expect(measured).toMatchObject({ code: 0, stderr: "" });
    expect(measured.stdout).toMatch(/^Accuracy [01]\.\d{4} \(\d+ of 160\), loss \d+\.\d{4}\n$/);
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(asked.stdout).toMatch(/^row,class,probability\n0,(-5|0|7|300),0\.\d+\n/);
    expect(described).toMatchObject({ code: 0, stderr: "" });
    expect(described.stdout).toContain("-5, 0, 7, 300");
  });

  it("that is not there ends with 1, a command line without one with 2", async () => {
    const [missing, none] = await Promise.all([
      lanewise(["evaluate", "missing", ...files.flags]),
      lanewise(["predict", "--images", files.images]),
    ]);
    expect(missing).toEqual({
      code: 1,
      stdout: "",
      stderr: "lanewise: cannot read missing/model.json: no such file\n",
    });
    expect(none).toMatchObject({ code: 2, stdout: "" });
  });
});

describe.concurrent("pipes", () => {
  const onOutput: StartOptions["onOutput"] = (_, child) => child.stdout?.destroy();

  it("end the program quietly when the reader has had enough", async () => {
    const { code, stderr } = await lanewise(["train", ...files.flags, "--epochs", "1000000"], { onOutput });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("end predictions quietly when the reader has had enough", async () => {
    const images = join(files.directory, "many.npy");
    const model = new Sequential([layers.dense({ units: 2, activation: "softmax", inputShape: [1] })]);
    const out = join(files.directory, "tiny");
    await Promise.all([saveNpy(images, ndarray(new Uint8Array(200_000))), model.save(out)]);
    const { code, stdout, stderr } = await lanewise(["predict", out, "--images", images], { onOutput });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.length).toBeLessThan(1_000_000);
  });

  it("do not end it when there are results to save", async () => {
    const json = join(files.directory, "unread.json");
    const { code, stderr } = await lanewise(["train", ...files.flags, "--json", json], { onOutput });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(await readFile(json, "utf8")).history.epoch.length).toBe(20);
  });
});
