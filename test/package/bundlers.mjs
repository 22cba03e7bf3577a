/** Bundlers as they come: for Node the bundle is run, for pages it is opened in a browser. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { openPage, titleOf } from "./browser.mjs";
import { PAGE, SHOW } from "./pages.mjs";
import { run, TRAIN } from "./project.mjs";

const ROLLUP = ["rollup@4", "@rollup/plugin-node-resolve@16"];
const WEBPACK = ["webpack@5", "webpack-cli@6"];
const forNode = { "main.js": `import * as lanewise from "lanewise";\n${TRAIN}` };
const forPage = { "main.js": `import * as lanewise from "lanewise";\n${SHOW}`, "index.html": PAGE("bundle.js") };

/** Bundles main.js into bundle.js or bundle.mjs by a command, and runs that. */
function inNode(packages, command, files = {}) {
  return ({ createProject }) => {
    const path = createProject({ ...forNode, ...files }, packages);
    run("npx", command, path);
    return run(process.execPath, ["bundle.mjs"], path);
  };
}

/** The same for a page. */
function inPage(packages, command, files = {}) {
  return ({ createProject }) => {
    const path = createProject({ ...forPage, ...files }, packages);
    run("npx", command, path);
    return openPage(path);
  };
}

const webpackConfig = (target, filename) => ({
  "webpack.config.js": `
    export default {
      mode: "production",
      entry: "./main.js",
      target: ${JSON.stringify(target)},
      output: { path: import.meta.dirname ?? process.cwd(), filename: ${JSON.stringify(filename)}, module: true, chunkFormat: "module" },
      experiments: { outputModule: true },
    };`,
});
const viteConfig = {
  "vite.config.js": 'export default { base: "./", build: { target: "es2022" } };',
  "index.html": PAGE("main.js"),
};

export const bundlerEnvironments = {
  "esbuild, for Node": inNode(
    ["esbuild"],
    ["esbuild", "main.js", "--bundle", "--platform=node", "--format=esm", "--outfile=bundle.mjs"],
  ),
  "esbuild, for browsers": inPage(
    ["esbuild"],
    ["esbuild", "main.js", "--bundle", "--format=esm", "--outfile=bundle.js"],
  ),
  "Rollup, for Node": inNode(ROLLUP, [
    "rollup",
    "main.js",
    "-p",
    "node-resolve",
    "--dir",
    ".",
    "--entryFileNames",
    "bundle.mjs",
    "--chunkFileNames",
    "[name].mjs",
  ]),
  "Rollup, for browsers": inPage(ROLLUP, ["rollup", "main.js", "-p", "node-resolve={browser:true}", "--dir", "."], {
    "index.html": PAGE("main.js"),
  }),
  "webpack, for Node": inNode(WEBPACK, ["webpack"], webpackConfig("node20", "bundle.mjs")),
  "webpack, for browsers": inPage(WEBPACK, ["webpack"], webpackConfig("web", "bundle.js")),
  async "Vite, build"({ createProject }) {
    const path = createProject({ ...forPage, ...viteConfig }, ["vite@8"]);
    run("npx", ["vite", "build"], path);
    return openPage(join(path, "dist"));
  },
  async "Vite, dev"({ createProject }) {
    const path = createProject({ ...forPage, ...viteConfig }, ["vite@8"]);
    const server = spawn("npx", ["vite", "--port", "0", "--clearScreen", "false"], { cwd: path, detached: true });
    try {
      for await (const text of server.stdout) {
        const [address] = /http:\/\/localhost:\d+/.exec(stripVTControlCharacters(`${text}`)) ?? [];
        if (address) return await titleOf(`${address}/`);
      }
      throw new Error("vite ended without telling its address");
    } finally {
      process.kill(-server.pid);
    }
  },
};
