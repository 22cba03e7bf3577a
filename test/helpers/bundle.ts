/** What a bundler makes of a page. */
import { build, type Rollup } from "vite";

/** The modules of src that are part of it, and the code. */
export async function bundle(source: string): Promise<{ modules: string[]; code: string }> {
  const root = new URL("../..", import.meta.url).pathname;
  const entry = "virtual:page";
  const result = (await build({
    root,
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, rollupOptions: { input: entry, preserveEntrySignatures: "strict" } },
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === entry ? `${root}page.js` : undefined),
        load: (id) => (id === `${root}page.js` ? source : undefined),
      },
    ],
  })) as Rollup.RollupOutput;
  const [chunk] = result.output;
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return { modules: modules.map(([id]) => id.slice(root.length)), code: chunk.code };
}
