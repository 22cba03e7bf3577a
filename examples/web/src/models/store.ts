/** Models in the browser's IndexedDB. */
import type { ModelArtifacts } from "lanewise/lean";
import type { Settings } from "../train/settings.js";

export interface ModelRecord {
  /** 0 is the model that came with the page, which is not stored. */
  readonly id: number;
  readonly name: string;
  readonly artifacts: ModelArtifacts;
  /** Absent for a model that was opened from files. */
  readonly run?: {
    readonly settings: Settings;
    readonly epochs: number;
    readonly seconds: number;
    readonly digits: string;
  };
  /** On the test digits of its own data set, in [0, 1]. */
  readonly accuracy?: number;
}

const MODELS = "models";
const CHOICE = "choice";
const CURRENT = "current";

export interface Store {
  list(): Promise<ModelRecord[]>;
  /** @returns The record with its new id. */
  add(record: Omit<ModelRecord, "id">): Promise<ModelRecord>;
  remove(id: number): Promise<void>;
  /** The model that was in use last; 0 if none was. */
  current(): Promise<number>;
  setCurrent(id: number): Promise<void>;
}

/** @throws DOMException where the browser allows no storage. */
export async function openStore(): Promise<Store> {
  const opening = indexedDB.open("lanewise-web", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(MODELS, { keyPath: "id", autoIncrement: true });
    opening.result.createObjectStore(CHOICE);
  };
  const database = await settle(opening);
  const store = (name: string, mode: IDBTransactionMode) => database.transaction(name, mode).objectStore(name);
  return {
    list: () => settle(store(MODELS, "readonly").getAll()),
    async add(record) {
      const id = Number(await settle(store(MODELS, "readwrite").add(record)));
      return { ...record, id };
    },
    remove: (id) => settle(store(MODELS, "readwrite").delete(id)),
    current: async () => (await settle(store(CHOICE, "readonly").get(CURRENT))) ?? 0,
    async setCurrent(id) {
      await settle(store(CHOICE, "readwrite").put(id, CURRENT));
    },
  };
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
