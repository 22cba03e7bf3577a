/** A model from files: model.json and the files of weights beside it, as lanewise and TensorFlow.js save them. */
import { type ModelArtifacts, Sequential } from "lanewise/lean";

interface ModelJson {
  readonly modelTopology?: object;
  readonly format?: string;
  readonly weightsManifest?: readonly { readonly paths?: readonly string[]; readonly weights?: readonly object[] }[];
}

/** @throws Error with a message for the visitor. */
export async function readModel(files: readonly File[]): Promise<ModelArtifacts> {
  const jsonFile = files.find(({ name }) => /\.json$/i.test(name));
  if (!jsonFile) throw new Error("choose model.json together with its file of weights");
  const json = parse(await jsonFile.text(), jsonFile.name);
  const manifest = json.weightsManifest;
  if (!json.modelTopology || !Array.isArray(manifest)) {
    throw new Error(`${jsonFile.name} is no model: it has no modelTopology and weightsManifest`);
  }
  const names = manifest.flatMap(({ paths = [] }) => paths.map((path: string) => path.split("/").at(-1) ?? path));
  const weightData = await Promise.all(names.map((name) => find(files, name, jsonFile.name).arrayBuffer()));
  const model = await Sequential.load({
    modelTopology: json.modelTopology,
    weightSpecs: manifest.flatMap(({ weights = [] }) => weights),
    weightData,
    format: json.format,
  });
  return await model.toArtifacts();
}

function parse(text: string, name: string): ModelJson {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new Error(`${name} is not JSON`);
  }
}

function find(files: readonly File[], name: string, json: string): File {
  const file = files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`${json} wants ${name}: choose both files at once`);
  return file;
}
