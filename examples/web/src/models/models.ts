/** The models that there are, and the one in use. */
import { downloads } from "lanewise/browser";
import type { ModelArtifacts } from "lanewise/lean";
import type { Network } from "../network.js";
import { byId } from "../page/dom.js";
import { integer } from "../page/format.js";
import type { ModelInfo } from "../worker/protocol.js";
import {
  artifactsOf,
  forget,
  lastUsed,
  listRecords,
  type ModelRecord,
  type Run,
  rememberUse,
  SHIPPED,
  storeModel,
} from "./store.js";
import { showModels } from "./table.js";

export interface Models {
  /** Takes a new model into use and keeps it. @returns Its accuracy. */
  add(artifacts: ModelArtifacts, run: Run): Promise<number | undefined>;
  /** The model in use has been tested. What its row has said before, it goes on saying. */
  tested(accuracy: number | undefined): void;
}

/** @param onUse Called when another model is in place. Returns its accuracy on the test digits, if there are any. */
export async function startModels(
  network: Network,
  shipped: Promise<ModelArtifacts>,
  onUse: (info: ModelInfo) => Promise<number | undefined>,
): Promise<Models> {
  const status = byId("runs-status", HTMLElement);
  const body = byId("runs", HTMLElement);
  let records: ModelRecord[] = [];
  let current: ModelRecord | undefined;

  function say(text: string, isError = false): void {
    status.textContent = text;
    status.classList.toggle("is-error", isError);
  }

  function render(): void {
    showModels(body, records, current?.name, { use: (record) => attempt(() => use(record)), remove });
  }

  async function use(record: ModelRecord): Promise<void> {
    const info = await network.open(await artifactsOf(record));
    enter(record, info);
    tested(await onUse(info));
  }

  function enter(record: ModelRecord, { layers, parameters }: ModelInfo): void {
    current = record;
    rememberUse(record);
    byId("model-name", HTMLElement).textContent = record.name;
    byId("model-layers", HTMLElement).textContent = `${layers}, ${integer(parameters)} weights`;
    byId("download", HTMLButtonElement).disabled = false;
    render();
  }

  function tested(accuracy: number | undefined): void {
    if (accuracy === undefined) return;
    records = records.map((record) => (record.name === current?.name ? { accuracy, ...record } : record));
    render();
  }

  async function keep(
    artifacts: ModelArtifacts,
    about: Pick<ModelRecord, "name" | "run">,
  ): Promise<number | undefined> {
    const info = await network.open(artifacts);
    const accuracy = await onUse(info);
    const record = { ...about, ...(accuracy !== undefined && { accuracy }) };
    const refusal = await storeModel(record, artifacts).catch((error: Error) => error);
    const kept = refusal ? { ...record, artifacts } : record;
    records = [...records, kept];
    enter(kept, info);
    if (refusal) say(`${record.name} is there until you leave: ${refusal.message}`, true);
    else say(`${record.name} is kept in this browser.`);
    return accuracy;
  }

  function remove(record: ModelRecord): void {
    attempt(async () => {
      await forget(record);
      records = records.filter(({ name }) => name !== record.name);
      const [first] = records;
      if (record.name === current?.name && first) await use(first);
      render();
      say(`${record.name} has been deleted.`);
      byId("runs-scroll", HTMLElement).focus({ preventScroll: true });
    });
  }

  function attempt(action: () => Promise<void>): void {
    action().catch((error: Error) => say(error.message, true));
  }

  /** What is in the browser's database; nothing where the browser keeps nothing. */
  function stored(): Promise<ModelRecord[]> {
    return listRecords().catch(() => []);
  }

  /** `Run 3`: one more than the last, which another tab may have kept in the meantime. */
  async function nextName(): Promise<string> {
    const numbers = [...records, ...(await stored())].map(({ name }) => Number(/^Run (\d+)$/.exec(name)?.[1] ?? 0));
    return `Run ${Math.max(0, ...numbers) + 1}`;
  }

  /** `model.json 2` for another one. */
  async function freeName(wanted: string): Promise<string> {
    const known = [...records, ...(await stored())];
    const isTaken = (name: string) => known.some((record) => record.name === name);
    let name = wanted;
    for (let number = 2; isTaken(name); number++) name = `${wanted} ${number}`;
    return name;
  }

  byId("download", HTMLButtonElement).addEventListener("click", () => {
    attempt(async () => {
      if (current) await downloads("model").save(await artifactsOf(current));
    });
  });
  const files = byId("model-files", HTMLInputElement);
  files.addEventListener("change", () => {
    const chosen = [...(files.files ?? [])];
    files.value = "";
    attempt(async () => {
      const artifacts = await network.readModel(chosen);
      const name = chosen.map(({ name }) => name).find((name) => /\.json$/i.test(name)) ?? "model";
      await keep(artifacts, { name: await freeName(name) });
    });
  });

  const wanted = lastUsed();
  const first = { name: SHIPPED, artifacts: await shipped };
  records = [first, ...(await stored())];
  const last = records.find(({ name }) => name === wanted) ?? first;
  await use(last).catch(async (error: Error) => {
    if (last === first) throw error;
    await use(first);
    say(`${last.name} cannot be used: ${error.message}`, true);
  });
  return {
    add: async (artifacts, run) => keep(artifacts, { name: await nextName(), run }),
    tested,
  };
}
