/** Throw-away projects that have the packed lanewise installed. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const training = fileURLToPath(new URL("training.mjs", import.meta.url));

/** What a program in every environment does with what it has imported as `lanewise`. */
export const TRAIN = 'import { train } from "./training.mjs";\nconsole.log(await train(lanewise));\n';

/** Packs lanewise into the directory. */
export function createWorkshop(root, directory) {
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", directory], { cwd: root });
  const tarball = join(
    directory,
    readdirSync(directory).find((name) => name.endsWith(".tgz")),
  );
  let count = 0;

  /** A project with these files and packages, and training.mjs. Returns its directory. */
  function createProject(files, packages = [], settings = {}) {
    const path = join(directory, `project-${count++}`);
    mkdirSync(path);
    cpSync(training, join(path, "training.mjs"));
    writeFileSync(
      join(path, "package.json"),
      JSON.stringify({ name: "project", private: true, type: "module", ...settings }),
    );
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", tarball, ...packages], path);
    return path;
  }

  return { root, tarball, createProject };
}

/** Runs a command and gives its last line. */
export function run(command, parameters, cwd) {
  const output = execFileSync(command, parameters, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 300_000,
  });
  return output.trim().split("\n").at(-1);
}
