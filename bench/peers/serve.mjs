/**
 * A peer as a process: `node serve.mjs tfjs` answers one line of JSON for each line of JSON on its standard input, so that
 * many can be kept waiting while one works. `node serve.mjs tfjs '{…}'` does one cold start and ends. See README.md.
 */
import { closeSync, openSync, readSync } from "node:fs";

const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };
const [, , name, coldStart] = process.argv;
/** Standard output belongs to the protocol. */
console.log = console.error;

const peer = await import(`./peers/${name}.mjs`);
let request;
let model;
let train;

if (coldStart) {
  request = JSON.parse(coldStart);
  model = await peer.createModel(request.network);
  if (request.train) {
    await load();
    await model.fit(1);
  } else {
    const probabilities = await model.predict(read(request.x), 1);
    if (!Number.isFinite(probabilities[0])) throw new Error(`predicted ${probabilities}`);
  }
  process.exit(0);
}

const commands = {
  async prepare(message) {
    request = message;
    model = await peer.createModel(request.network, request.weights && readWeights());
    if (request.train && !model.fit) return { unsupported: true };
    if (request.train) await load();
    else request.inputs = read(request.x);
    return { versions: await peer.versions() };
  },

  async learn({ epochs }) {
    await model.fit(epochs);
    return { trainAccuracy: await accuracy(request.train), testAccuracy: request.test && (await accuracy(request.test)) };
  },

  /** The probabilities of the first rows, to be compared with those of others. */
  async probabilities({ rows }) {
    const width = request.network.widths[0];
    return { probabilities: [...(await model.predict(request.inputs.subarray(0, rows * width), rows))] };
  },

  /** One repetition: some epochs, or some predictions. */
  async go() {
    if (request.fresh) {
      model = await peer.createModel(request.network);
      await load();
      await model.fit(1);
    }
    const cpu = process.cpuUsage();
    const start = performance.now();
    if (request.train) await model.fit(request.epochs);
    else await predictOften(request);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const count = request.train ? request.epochs : request.calls;
    return {
      seconds: seconds / count,
      cpuSeconds: (user + system) / 1e6 / count,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    };
  },
};

const { createInterface } = await import("node:readline");
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...message } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command](message);
  } catch (error) {
    answer = { error: `${error}`, stack: error?.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);

/** Another row in every call, so that no branch is learned by heart. */
async function predictOften({ network, inputs, rows, calls }) {
  const length = rows * network.widths[0];
  const places = Math.floor(inputs.length / length);
  for (let call = 0; call < calls; call++) {
    const at = (call % places) * length;
    const probabilities = await model.predict(inputs.subarray(at, at + length), rows);
    if (!(probabilities[0] >= 0)) throw new Error(`predicted ${probabilities[0]}`);
  }
}

async function load() {
  train = { x: read(request.train.x), labels: read(request.train.labels) };
  await model.load(train.x, Int32Array.from(train.labels));
}

async function accuracy(data) {
  const labels = read(data.labels);
  const probabilities = await model.predict(read(data.x), labels.length);
  const classes = request.network.widths.at(-1);
  let hits = 0;
  labels.forEach((label, row) => {
    const scores = probabilities.subarray(row * classes, (row + 1) * classes);
    if (scores.every((score) => score <= scores[label])) hits++;
  });
  return hits / labels.length;
}

/** Kernel [inputs, outputs] and bias of each layer in turn. */
function readWeights() {
  const all = read(request.weights);
  const { widths } = request.network;
  let at = 0;
  const next = (length) => all.subarray(at, (at += length));
  return widths.slice(1).flatMap((outputs, i) => [next(widths[i] * outputs), next(outputs)]);
}

/** Bytes become floats in [0, 1], but for a peer that rescales them itself. */
function read({ path, type, length, offset = 0 }) {
  const data = new arrays[type](length);
  const file = openSync(path);
  readSync(file, data, 0, data.byteLength, offset);
  closeSync(file);
  return type === "uint8" && length > 60_000 && !peer.takesBytes ? Float32Array.from(data, (x) => x / 255) : data;
}
