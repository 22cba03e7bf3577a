/** Models in the browser's own database, with what the page knows of them. */
import { indexedDb, listModels, removeModel } from "lanewise/browser";
import type { ModelArtifacts } from "lanewise/lean";
import type { Settings } from "../train/settings.js";

/** What is shown of a model. */
export interface ModelRecord {
  /** No two have the same. */
  readonly name: string;
  /** Absent for a model that was opened from files. */
  readonly run?: Run;
  /** On the test digits of its own data set, in [0, 1]. */
  readonly accuracy?: number;
  /** Of a model that is not stored: the one that came with the page, and all where the browser keeps nothing. */
  readonly artifacts?: ModelArtifacts;
}

export interface Run {
  readonly settings: Settings;
  readonly epochs: number;
  readonly seconds: number;
  readonly digits: string;
}

/** The name of the model that came with the page, which stays. */
export const SHIPPED = "shipped";
const DATABASE = { database: "lanewise-page" };
/** The page's part of a model's metadata. */
const PAGE = "page";
const CURRENT = "lanewise-model";

/** The oldest first. @throws LanewiseError where the browser allows no storage. */
export async function listRecords(): Promise<ModelRecord[]> {
  const models = await listModels(DATABASE);
  return models.map(({ name, metadata }) => ({ ...(metadata[PAGE] as Omit<ModelRecord, "name">), name }));
}

/** @throws LanewiseError with the reason. */
export function storeModel({ name, ...about }: ModelRecord, artifacts: ModelArtifacts): Promise<void> {
  const userDefinedMetadata = { ...artifacts.userDefinedMetadata, [PAGE]: about };
  return indexedDb(name, DATABASE).save({ ...artifacts, userDefinedMetadata });
}

export function artifactsOf({ name, artifacts }: ModelRecord): Promise<ModelArtifacts> {
  return artifacts ? Promise.resolve(artifacts) : indexedDb(name, DATABASE).load();
}

export async function forget({ name, artifacts }: ModelRecord): Promise<void> {
  if (!artifacts) await removeModel(name, DATABASE);
}

/** The name of the model that was in use last. */
export function lastUsed(): string | null {
  return withStorage((storage) => storage.getItem(CURRENT));
}

export function rememberUse({ name }: ModelRecord): void {
  withStorage((storage) => storage.setItem(CURRENT, name));
}

/** A browser that allows none throws at the mere mention of it. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
