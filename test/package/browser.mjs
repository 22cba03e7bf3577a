/** Programs in Debian's Chromium. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { launchOptions } from "../../scripts/chromium.mjs";
import { PAGE, SHOW } from "./pages.mjs";
import { run } from "./project.mjs";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
const TIME_LIMIT = 60_000;

let browser;

export async function closeBrowser() {
  await browser?.close();
}

/** Opens a directory's index.html over HTTP, and waits for what its title becomes. */
export async function openPage(directory, { headers = {} } = {}) {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url, "http://localhost").pathname);
    try {
      const bytes = await readFile(join(directory, path.endsWith("/") ? `${path}index.html` : path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html", ...headers }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  try {
    return await titleOf(`http://localhost:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Opens a page, and waits for what its title becomes. */
export async function titleOf(url) {
  browser ??= await launch();
  const page = await browser.newPage();
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(`${error}`));
  try {
    await page.goto(url);
    await page.waitForFunction("document.title !== 'waiting'", undefined, { timeout: TIME_LIMIT });
    return await page.title();
  } catch (error) {
    throw new Error([error.message, ...told].join("\n"));
  } finally {
    await page.close();
  }
}

async function launch() {
  const { chromium } = createRequire(import.meta.url)("playwright");
  return chromium.launch(launchOptions);
}

/** Without a bundler the browser must be told where packages are. */
const IMPORT_MAP = JSON.stringify({
  imports: {
    lanewise: "./node_modules/lanewise/dist/lanewise.js",
    "lanewise/lean": "./node_modules/lanewise/dist/lean.js",
    "lanewise/external": "./node_modules/lanewise/dist/external.js",
    npyjs: "./node_modules/npyjs/dist/index.js",
  },
});
const mapped = PAGE("main.js").replace("<body>", `<script type="importmap">${IMPORT_MAP}</script><body>`);

/** A page without any build. */
function plainPage(main) {
  return ({ createProject }) => openPage(createProject({ "index.html": mapped, "main.js": main }));
}

/** A project in which esbuild has made one file of another. Returns its directory. */
function createBundled({ createProject }, files, format, source = "main.js", output = "bundle.js") {
  const path = createProject(files, ["esbuild"]);
  run("npx", ["esbuild", source, "--bundle", `--format=${format}`, `--outfile=${output}`], path);
  return path;
}

const pageFiles = (type) => ({
  "index.html": PAGE("bundle.js", type),
  "main.js": `import * as lanewise from "lanewise";\n${SHOW}`,
});

/** A worker, made of `source.js`, trains; the page shows what it posts. */
const workerFiles = (options) => ({
  "index.html": PAGE("main.js"),
  "main.js": `
    const worker = new Worker("./worker.js", ${JSON.stringify(options)});
    worker.onmessage = ({ data }) => { document.title = data; };
    worker.onerror = (event) => { document.title = "error: " + event.message; };`,
  "source.js": `
    import * as lanewise from "lanewise";
    import { train } from "./training.mjs";
    train(lanewise).then(postMessage, (error) => postMessage("error: " + error));`,
});

function inWorker(format, options) {
  return (workshop) => openPage(createBundled(workshop, workerFiles(options), format, "source.js", "worker.js"));
}

export const browserEnvironments = {
  "import map": plainPage(`import * as lanewise from "lanewise";\n${SHOW}`),
  "import map, lean": plainPage(`import * as lanewise from "lanewise/lean";\n${SHOW}`),
  "import map, external": plainPage(`
    import * as lanewise from "lanewise/external";
    await lanewise.initialize(fetch("./node_modules/lanewise/build/release.wasm"));
    ${SHOW}`),
  "file: page"(workshop) {
    const path = createBundled(workshop, pageFiles("text/javascript"), "iife");
    return titleOf(pathToFileURL(join(path, "index.html")).href);
  },
  "classic worker": inWorker("iife", {}),
  "module worker": inWorker("esm", { type: "module" }),
  "service worker"(workshop) {
    const files = {
      "index.html": PAGE("main.js"),
      "main.js": `
        navigator.serviceWorker.onmessage = ({ data }) => { document.title = data; };
        await navigator.serviceWorker.register("./worker.js", { type: "module" });
        const { active } = await navigator.serviceWorker.ready;
        active.postMessage("train");`,
      "source.js": `
        import * as lanewise from "lanewise";
        import { train } from "./training.mjs";
        self.addEventListener("message", (event) => {
          const { source } = event;
          event.waitUntil(
            train(lanewise).then((digest) => source.postMessage(digest), (error) => source.postMessage("error: " + error)),
          );
        });`,
    };
    return openPage(createBundled(workshop, files, "esm", "source.js", "worker.js"));
  },
  "strict Content-Security-Policy"(workshop) {
    const path = createBundled(workshop, pageFiles("module"), "esm");
    return openPage(path, { headers: { "content-security-policy": STRICT } });
  },
};
