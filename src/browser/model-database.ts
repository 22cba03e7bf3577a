/** The IndexedDB database that models are kept in. It is opened for each use, so that it is never in the way of anyone. */
import { checkOptions, checkText } from "../checks.js";
import { LanewiseError } from "../errors.js";

export interface StorageOptions {
  /** The name of the IndexedDB database. Default "lanewise". */
  readonly database?: string;
}

/** ModelArtifacts, each by the name of its model. */
export const ARTIFACTS = "artifacts";
/** What a list of models says of each, so that no weights are read for it. */
export const SUMMARIES = "summaries";

const VERSION = 1;

/** What `task` calls upon is done by the time the promise resolves, or nothing of it is. */
interface Transaction<T> {
  readonly mode: IDBTransactionMode;
  readonly stores: readonly string[];
  task(transaction: IDBTransaction): IDBRequest<T>;
}

/**
 * @param what What is being done, for messages: `cannot save the model 'digits'`.
 * @throws LanewiseError with the reason.
 */
export async function transact<T>(
  { database = "lanewise" }: StorageOptions,
  what: string,
  { mode, stores, task }: Transaction<T>,
): Promise<T> {
  try {
    const opened = await open(database);
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = opened.transaction(stores, mode, { durability: "strict" });
        transaction.onabort = () => reject(transaction.error ?? new Error("the database was closed meanwhile"));
        try {
          const request = task(transaction);
          transaction.oncomplete = () => resolve(request.result);
        } catch (error) {
          reject(error);
          transaction.abort();
        }
      });
    } finally {
      opened.close();
    }
  } catch (error) {
    throw new LanewiseError(`${what} in the browser's database '${database}': ${reason(error)}`, { cause: error });
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === "undefined") throw new Error("there is no IndexedDB here");
    const opening = indexedDB.open(name, VERSION);
    let isRefused = false;
    opening.onupgradeneeded = () => {
      for (const store of [ARTIFACTS, SUMMARIES]) opening.result.createObjectStore(store);
    };
    opening.onblocked = () => {
      isRefused = true;
      reject(new Error("another page of this site has an older version of it open; close that page"));
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      // Another page wants to delete it, or has a newer version
      database.onversionchange = () => database.close();
      if (isRefused) database.close();
      else resolve(database);
    };
  });
}

const REASONS: Readonly<Record<string, string>> = {
  DataCloneError: "there is something in the model that can't be stored",
  InvalidStateError: "the browser allows no storage here, as in a private window",
  NotFoundError: "it is there already, and something else's; choose another name for it",
  QuotaExceededError: "there is no room left; remove models that are not needed",
  SecurityError: "the browser allows this page no storage",
  VersionError: "it was made by a newer version of lanewise",
};

function reason(error: unknown): string {
  const { name, message } = error as Partial<Error>;
  return REASONS[`${name}`] ?? (message || `${name}`);
}

/** @throws TypeError, RangeError */
export function checkModelPlace(name: unknown, options: StorageOptions, where: string): asserts name is string {
  checkText(name, `${where}: name`);
  if (name === "") throw new RangeError(`${where}: name: expected a name, got ""`);
  checkStorageOptions(options, where);
}

/** @throws TypeError */
export function checkStorageOptions(options: StorageOptions, where: string): void {
  checkOptions(options, ["database"], where);
  if (options.database !== undefined) checkText(options.database, `${where}: database`);
}

/** @param what As that of `transact`. */
export function noSuchModel(what: string): LanewiseError {
  return new LanewiseError(`${what}: there is none of that name in the browser's database`);
}
