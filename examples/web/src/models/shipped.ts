/** The model that comes with the page. */
import type { ModelArtifacts } from "lanewise/lean";
import { inflate } from "../digits/inflate.js";

export async function fetchShippedModel(): Promise<ModelArtifacts> {
  const [json, weightData] = await Promise.all([
    fetch(new URL("../../../../build/web-assets/model.json", import.meta.url)).then((response) => response.json()),
    inflate(new URL("../../../../build/web-assets/weights.bin", import.meta.url)),
  ]);
  return { ...json, weightData };
}
