/** Live peers: processes that wait while one of them works. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const TIME_LIMIT = 15 * 60_000;

/** The names of all peers, lanewise first, and the language of each. */
export function listPeers() {
  const files = readdirSync(`${here}peers`).filter((file) => /\.(mjs|py)$/.test(file));
  const names = files.map((file) => file.replace(/\..*/, "")).sort();
  return names.sort((a, b) => b.startsWith("lanewise") - a.startsWith("lanewise"));
}

/** Command, arguments and environment that run a peer: as a server, or, with a request, for one cold start. */
export function commandOf(name, coldStart) {
  const python = readdirSync(`${here}peers`).includes(`${name}.py`);
  const script = python ? "serve.py" : coldStart ? "cold.mjs" : "serve.mjs";
  return {
    command: python ? "/usr/bin/python3" : process.execPath,
    parameters: [`${here}${script}`, name, ...(coldStart ? [coldStart] : [])],
    env: { ...process.env, OMP_NUM_THREADS: "1", ...(hasAvx512() && { OPENBLAS_CORETYPE: "SkylakeX" }) },
  };
}

/** OpenBLAS does not know the newer processors that have it, and would choose a kernel half as fast. */
function hasAvx512() {
  try {
    return readFileSync("/proc/cpuinfo", "utf8").includes("avx512f");
  } catch {
    return false;
  }
}

export class Session {
  #child;
  #errors = "";
  #answer;
  #failure;

  constructor(name) {
    this.name = name;
    const { command, parameters, env } = commandOf(name);
    this.#child = spawn(command, parameters, { env });
    this.#child.stderr.on("data", (text) => {
      this.#errors = `${this.#errors}${text}`.slice(-4000);
    });
    this.#child.stdin.on("error", () => {});
    const fail = (error) => {
      this.#failure ??= error;
      this.#answer?.reject(error);
    };
    this.#child.on("error", fail);
    this.#child.on("close", (code, signal) =>
      fail(new Error(`ended with ${code ?? signal}: ${reasonIn(this.#errors)}`)),
    );
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#answer?.resolve(JSON.parse(line)));
  }

  /** @throws Error with what the peer says, or when it ends or takes too long. */
  async ask(command, message = {}) {
    if (this.#failure) throw this.#failure;
    const reply = new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
    });
    const limit = setTimeout(() => {
      this.#child.kill();
      this.#answer.reject(new Error(`no answer within ${TIME_LIMIT / 60_000} minutes`));
    }, TIME_LIMIT);
    this.#child.stdin.write(`${JSON.stringify({ command, ...message })}\n`);
    try {
      const answer = await reply;
      if (answer.error) throw new Error(answer.error);
      return answer;
    } finally {
      clearTimeout(limit);
      this.#answer = undefined;
    }
  }

  close() {
    this.#child.kill();
  }
}

/** The line that names an error, or the last ones. */
export function reasonIn(text) {
  return /^\w*Error\b.*$/m.exec(text)?.[0] ?? text.trim().split("\n").slice(-3).join(" ");
}
