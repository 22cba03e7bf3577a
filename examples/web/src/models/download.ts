/** A model as files: model.json and weights.bin, which `Sequential.load` and TensorFlow.js read. */
import type { ModelArtifacts } from "lanewise/lean";
import { make } from "../page/dom.js";

/** Between two downloads: some browsers drop one that follows at once. */
const APART = 300;

export function downloadModel({ weightSpecs, weightData, ...rest }: ModelArtifacts): void {
  const json = JSON.stringify({ ...rest, weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs }] });
  download("model.json", new Blob([json], { type: "application/json" }));
  setTimeout(() => download("weights.bin", new Blob([weightData], { type: "application/octet-stream" })), APART);
}

function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
