/**
 * A peer as a process: `node serve.mjs tfjs` answers every line of JSON on its standard input by one on its standard output,
 * so that many can wait while one works. See README.md.
 */
import { readFileSync } from "node:fs";
import { read } from "./raw.mjs";

const [, , name] = process.argv;
/** Standard output belongs to the protocol. */
console.log = console.error;

const peer = await import(`./peers/${name}.mjs`);
let request;
let model;
let inputs;

const commands = {
  async prepare(message) {
    request = message;
    await start();
    return request.train && !model.fit ? { unsupported: true } : { versions: await peer.versions() };
  },

  async train({ epochs }) {
    await model.fit(epochs);
    return {};
  },

  async score() {
    const { train, test } = request;
    return { trainAccuracy: await accuracy(train), testAccuracy: test && (await accuracy(test)) };
  },

  /** Of the first rows, to be compared with those of others. */
  async probabilities({ rows }) {
    return { probabilities: [...(await model.predict(inputs.subarray(0, rows * request.network.widths[0]), rows))] };
  },

  /** One repetition: some epochs, or some predictions. With `fresh`, the second epoch of a new model. */
  async go() {
    if (request.fresh) {
      await start();
      await model.fit(1);
    }
    const count = request.train ? request.epochs : request.calls;
    const cpu = process.cpuUsage();
    const begin = performance.now();
    if (request.train) await model.fit(count);
    else await predictOften();
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: seconds / count, cpuSeconds: (user + system) / 1e6 / count, peakMemory: peakMemory() };
  },
};

const { createInterface } = await import("node:readline");
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...message } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command](message);
  } catch (error) {
    answer = { error: `${error}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);

/** Makes the model, and brings it its training data if it can be trained. */
async function start() {
  const { network, weights, train, x } = request;
  model = await peer.createModel(network, weights && cut(read(weights), network.widths));
  if (!train) inputs = readInputs(x);
  else if (model.fit) await model.load(readInputs(train.x), Int32Array.from(read(train.labels)));
}

/** Other rows in every call, so that no branch is learned by heart. */
async function predictOften() {
  const { network, rows, calls } = request;
  const length = rows * network.widths[0];
  const places = Math.floor(inputs.length / length);
  for (let call = 0; call < calls; call++) {
    const at = (call % places) * length;
    const probabilities = await model.predict(inputs.subarray(at, at + length), rows);
    if (!(probabilities[0] >= 0)) throw new Error(`predicted ${probabilities[0]}`);
  }
}

async function accuracy({ x, labels }) {
  const expected = read(labels);
  const probabilities = await model.predict(readInputs(x), expected.length);
  const classes = request.network.widths.at(-1);
  const hits = expected.filter((label, row) => {
    const scores = probabilities.subarray(row * classes, (row + 1) * classes);
    return scores.indexOf(Math.max(...scores)) === label;
  });
  return hits.length / expected.length;
}

/** Kernel [inputs, outputs] and bias of each layer in turn. */
function cut(weights, widths) {
  let end = 0;
  return widths.slice(1).flatMap((outputs, i) =>
    [widths[i] * outputs, outputs].map((length) => {
      end += length;
      return weights.subarray(end - length, end);
    }),
  );
}

/** Pixels in bytes become floats from 0 to 1, unless the peer rescales them itself. */
function readInputs(description) {
  const data = read(description);
  return description.type === "uint8" && !peer.takesBytes ? Float32Array.from(data, (x) => x / 255) : data;
}

/** In bytes. Linux counts into maxRSS what the parent had before this process was its own, so look elsewhere first. */
function peakMemory() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
