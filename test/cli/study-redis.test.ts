/** A study over several machines, with a Redis of Debian's: each machine is a process, some of which are killed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { version } from "../../src/version.js";
import { type StartOptions, lanewise as start, useFiles, visibleLines } from "./helpers.js";

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
const files = useFiles();
const place = (name: string) => join(files.directory, name);
const dist = "build/test-study-redis";
const lanewise = (args: readonly string[], options: StartOptions = {}) =>
  start(args, { program: [`${dist}/cli/main.js`], ...options });

const SPACE = { epochs: 200, activation: ["relu", "tanh"], width: [4, 6, 8], batchSize: 64 };
const RUNS = 12;
let url = "";
let server: ChildProcess | undefined;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const study = (out: string, ...more: readonly string[]) => [
  ...["study", ...files.flags, "--space", place("space.json"), "--seeds", "2", "--out", place(out)],
  ...more,
];
const helper = (name: string, ...more: readonly string[]) => [
  ...["study-worker", ...files.flags, "--redis", url, "--name", name, "--workers", "1", "--lease", "2"],
  ...more,
];
const tableOf = (out: string) => readFile(place(`${out}/table.csv`), "utf8");
const runsIn = async (out: string) => (await readFile(place(`${out}/journal.jsonl`), "utf8")).split("\n").length - 2;
const computed = (text: string) => visibleLines(text).filter((line) => /run \d {2}val acc/.test(line)).length;

/** The program, built again as one that says to be of that version. */
async function otherVersion(name: string): Promise<string> {
  const folder = `${dist}-other`;
  await rm(folder, { recursive: true, force: true });
  await cp(dist, folder, { recursive: true });
  for (const file of await readdir(`${folder}/cli`)) {
    const text = await readFile(`${folder}/cli/${file}`, "utf8");
    await writeFile(`${folder}/cli/${file}`, text.replaceAll(`"${version}"`, `"${name}"`));
  }
  return `${folder}/cli/main.js`;
}

/** Kills a helper in the midst of a run, when it has computed so many. */
function killAfter(runs: number, signal: NodeJS.Signals): NonNullable<StartOptions["onOutput"]> {
  let sent = false;
  return (stdout, child) => {
    if (sent || computed(stdout) < runs) return;
    sent = true;
    // The next run has begun by then
    void setTimeout(40).then(() => child.kill(signal));
  };
}

describe.skipIf(hasRedis)("a study over several machines", () => {
  it.skip("was not tested: there is no redis-server here (apt-get install redis-server)", () => {});
});

describe.skipIf(!hasRedis)("a study over several machines", () => {
  beforeAll(async () => {
    execFileSync(process.execPath, ["scripts/build-dist.mjs", dist]);
    await writeFile(place("space.json"), JSON.stringify(SPACE));
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    const settings = ["--bind", "127.0.0.1", "--port", `${port}`, "--save", "", "--appendonly", "no"];
    server = spawn("redis-server", [...settings, "--dir", files.directory], { stdio: ["ignore", "pipe", "inherit"] });
    for await (const text of server.stdout ?? []) if (`${text}`.includes("Ready to accept")) break;
    expect(await lanewise(study("here", "--quiet", "--workers", "1"))).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => server?.once("exit", resolve));
    if (server?.kill("SIGKILL")) await gone;
  });

  it("makes the same table as one machine, when some of the helpers are killed", async () => {
    const [leader, killed, interrupted, patient] = await Promise.all([
      lanewise(study("killed", "--redis", url, "--name", "killed", "--lease", "2")),
      lanewise(helper("killed"), { onOutput: killAfter(1, "SIGKILL") }),
      lanewise(helper("killed"), { onOutput: killAfter(1, "SIGINT") }),
      lanewise(helper("killed")),
    ]);
    expect(leader).toMatchObject({ code: 0, stderr: "" });
    expect(killed.code).toBe(null);
    expect(interrupted).toMatchObject({ code: 130, stderr: "" });
    expect(patient).toMatchObject({ code: 0, stderr: "" });
    expect(patient.stdout).toMatch(/^Computed \d+ runs\.$/m);
    expect(computed(killed.stdout)).toBeLessThan(RUNS);
    expect(computed(patient.stdout)).toBeGreaterThan(0);
    // Runs that were given back are there once
    expect(await runsIn("killed")).toBe(RUNS);
    expect(visibleLines(leader.stdout).filter((line) => /^ *\d+\/12 /.test(line)).length).toBe(RUNS);
    expect(await tableOf("killed")).toBe(await tableOf("here"));
  });

  it("goes on when the leading machine was killed, with what was computed meanwhile", async () => {
    // Long enough that no run is taken from a helper that the machine keeps waiting
    const lease = ["--lease", "30"];
    const args = study("leader", "--redis", url, "--name", "leader", ...lease);
    const patient = lanewise(helper("leader", ...lease));
    const first = await lanewise(args, {
      onOutput: (stdout, child) => {
        if (/^ *2\/12 /m.test(stdout)) child.kill("SIGKILL");
      },
    });
    expect(first.code).toBe(null);
    const before = await runsIn("leader");
    expect(before).toBeGreaterThanOrEqual(2);
    expect(before).toBeLessThan(RUNS);
    await setTimeout(300);
    expect(await lanewise(args)).toMatchObject({ code: 0, stderr: "" });
    const { code, stdout } = await patient;
    expect(code).toBe(0);
    // Nothing was computed twice
    expect(computed(stdout)).toBe(RUNS);
    expect(await runsIn("leader")).toBe(RUNS);
    expect(await tableOf("leader")).toBe(await tableOf("here"));
  });

  it("refuses a helper with other data or of another version, and another study by the same name", async () => {
    const leading = lanewise(study("refused", "--redis", url, "--name", "refused", "--lease", "2"));
    // The last pixel is another
    const images = await readFile(files.images);
    await writeFile(
      place("other.npy"),
      Buffer.concat([images.subarray(0, -1), Buffer.of(images.at(-1) === 0 ? 1 : 0)]),
    );
    const other = await lanewise(helper("refused", "--images", place("other.npy")));
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(
      /^lanewise: this machine may not help with the study refused \(images \(sha256\): [0-9a-f]{64}, not [0-9a-f]{64}\)\n$/,
    );
    const changed = await lanewise(helper("refused"), { program: [await otherVersion("9.9.9")] });
    expect(changed).toMatchObject({
      code: 1,
      stderr: `lanewise: this machine may not help with the study refused (version of lanewise: ${version}, not 9.9.9)\n`,
    });
    const same = await lanewise(
      study("refused-too", "--seed", "9", "--redis", url, "--name", "refused", "--lease", "2"),
    );
    expect(same).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("another study is under way by the name refused"),
    });
    const [helped, led] = await Promise.all([lanewise(helper("refused")), leading]);
    expect(helped.code).toBe(0);
    expect(led).toMatchObject({ code: 0, stderr: "" });
  });

  it("says when nobody answers, or the address is none", async () => {
    const port = await freePort();
    const [nobody, none] = await Promise.all([
      lanewise(study("nobody", "--redis", `redis://user:secret@127.0.0.1:${port}`)),
      lanewise(study("nobody", "--redis", "localhost")),
    ]);
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain(`lanewise: cannot reach redis://127.0.0.1:${port}: `);
    expect(nobody.stderr).not.toContain("secret");
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--redis: expected an address such as redis://"),
    });
  });
});
