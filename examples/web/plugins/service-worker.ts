import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** Puts the service worker into the site, with the list of the site's files and a version made of their contents. */
export function serviceWorker(source: string): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const hash = createHash("sha256");
      for (const name of Object.keys(bundle).sort()) {
        const file = bundle[name];
        hash.update(name).update(file?.type === "chunk" ? file.code : (file?.source ?? ""));
      }
      const files = ["./", "icon.svg", ...Object.keys(bundle).filter((name) => name !== "index.html")];
      const code = source
        .replace('"VERSION"', JSON.stringify(hash.digest("hex").slice(0, 12)))
        .replace('["FILES"]', JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source: code });
    },
  };
}
