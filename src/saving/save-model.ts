/** Writing a model to a directory, sending it to a server, or handing it to an object that keeps it. */
import { describe } from "../arrays.js";
import { crc32 } from "../bytes.js";
import { LanewiseError } from "../errors.js";
import { makeDirectory, writeFiles } from "../files/write.js";
import type { ModelArtifacts, ModelSaver, ModelTarget } from "./artifacts.js";

/** @throws TypeError, RangeError, LanewiseError: see Sequential.save. */
export async function saveModel(artifacts: ModelArtifacts, target: ModelTarget): Promise<void> {
  if (typeof (target as Partial<ModelSaver> | null)?.save === "function") {
    await (target as Required<ModelSaver>).save(artifacts);
    return;
  }
  if ((typeof target !== "string" && !(target instanceof URL)) || `${target}` === "") {
    throw new TypeError(`save: expected a directory, a URL or an object with a method 'save', got ${describe(target)}`);
  }
  const place = `${target}`;
  if (/^https?:/i.test(place)) return postModel(artifacts, place);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place) && !/^file:/i.test(place)) {
    throw new RangeError(`save: expected a directory or a file:, http: or https: URL, got ${describe(place)}`);
  }
  if (/\.json$/i.test(place)) {
    throw new RangeError(
      `save: expected the directory that model.json and weights.bin go into, got ${describe(place)}`,
    );
  }
  const directory = place.replace(/\/+$/, "");
  await makeDirectory(place);
  // In this order, so that a crash between the two leaves a checksum that does not fit the weights.
  await writeFiles([
    { path: `${directory}/model.json`, bytes: new TextEncoder().encode(modelJson(artifacts, "weights.bin")) },
    { path: `${directory}/weights.bin`, bytes: new Uint8Array(artifacts.weightData) },
  ]);
}

/** The artifacts with the place of the weights for the weights; and a checksum, which TensorFlow.js passes over. */
export function modelJson({ weightSpecs, weightData, ...rest }: ModelArtifacts, path: string): string {
  const group = { paths: [path], weights: weightSpecs, crc32: crc32(new Uint8Array(weightData)) };
  return JSON.stringify({ ...rest, weightsManifest: [group] });
}

/** A multipart form with two files, as TensorFlow.js's `tf.io.http` sends it. */
async function postModel(artifacts: ModelArtifacts, url: string): Promise<void> {
  const form = new FormData();
  const attach = (name: string, part: BlobPart, type: string) => form.append(name, new Blob([part], { type }), name);
  attach("model.json", modelJson(artifacts, "./model.weights.bin"), "application/json");
  attach("model.weights.bin", artifacts.weightData, "application/octet-stream");
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", body: form });
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = (cause instanceof Error && cause.message) || message;
    throw new LanewiseError(`cannot save to ${url}: ${reason}`, { cause: error });
  }
  if (!response.ok) throw new LanewiseError(`cannot save to ${url}: HTTP status ${response.status}`);
}
