/** Reading a model.json and the files of weights that it names. */
import { describe } from "../arrays.js";
import { crc32, joinBytes } from "../bytes.js";
import { FormatError } from "../errors.js";
import { readBytes } from "../files/read.js";
import type { NamedArtifacts } from "./artifacts.js";
import { asList, asObject, asText, type JsonObject, parseJson } from "./checks.js";
import { checkByteLength } from "./stored-weights.js";

/** @throws LanewiseError when a file cannot be read; FormatError when they are not what model.json says. */
export function readArtifacts(source: string | URL): Promise<NamedArtifacts> {
  return readModelFiles(modelFile(`${source}`), readBytes);
}

/**
 * The same for files of any kind.
 *
 * @param file The path of the model.json.
 * @param read Gives the bytes of a file by its path.
 */
export async function readModelFiles(
  file: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<NamedArtifacts> {
  const json = asObject(parseJson(decodeText(await read(file), file), file), file);
  const manifest = asList(json.weightsManifest, `${file}: weightsManifest`);
  const groups = manifest.map((group, index) => asObject(group, `${file}: weightsManifest[${index}]`));
  const weightSpecs = groups.flatMap(({ weights }) => asList(weights, `${file}: weights`) as readonly object[]);
  const paths = groups.map((group) => readPaths(group, file));
  const weightData = await Promise.all(groups.map((group, index) => readGroup(group, paths[index] ?? [], file, read)));
  const [first = file, ...others] = paths.flat();
  const weightsName = others.length === 0 ? first : `${first} and ${others.length} more`;
  return { artifacts: { ...json, weightSpecs, weightData }, name: file, weightsName };
}

/** A directory stands for the model.json in it. */
function modelFile(source: string): string {
  return isHttp(source) || /\.json$/i.test(source) ? source : `${source.replace(/\/+$/, "")}/model.json`;
}

function isHttp(source: string): boolean {
  return /^https?:/i.test(source);
}

function decodeText(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FormatError(`${where}: expected JSON, got what is no UTF-8`, { cause: error });
  }
}

function readPaths({ paths }: JsonObject, file: string): string[] {
  return asList(paths, `${file}: paths`).map((item) => {
    const path = asText(item, `${file}: paths`);
    if (path === "" || /^[/\\]|^[a-z0-9+.-]*:|(^|[/\\])\.\.([/\\]|$)|\p{Surrogate}/iu.test(path)) {
      throw new FormatError(`${file}: paths: expected a path below the model's own folder, got ${describe(path)}`);
    }
    return beside(file, path);
  });
}

/** The path as seen from model.json. What follows a `?` in an address, such as a signature, goes for all its files. */
function beside(file: string, path: string): string {
  if (isHttp(file)) {
    const url = new URL(`./${path}`, file);
    url.search ||= new URL(file).search;
    return url.href;
  }
  if (/^file:/i.test(file)) return new URL(`./${path.split("/").map(encodeURIComponent).join("/")}`, file).href;
  return `${file.replace(/[^/\\]*$/, "")}${path.replace(/^\.\//, "")}`;
}

async function readGroup(
  { crc32: expected, weights }: JsonObject,
  paths: readonly string[],
  file: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = joinBytes(await Promise.all(paths.map((path) => read(path))));
  checkByteLength(bytes, weights, paths.join(", ") || file, file);
  if (expected != null && crc32(bytes) !== asText(expected, `${file}: crc32`)) {
    throw new FormatError(
      `${paths.join(", ")}: expected weights of CRC-32 ${expected}, got ${crc32(bytes)}: the file is damaged, or from ` +
        `another save than ${file}`,
    );
  }
  return bytes;
}
