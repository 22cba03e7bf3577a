/** The models that there are, and the one in use. */
import type { ModelArtifacts } from "lanewise/lean";
import type { Network } from "../network.js";
import { byId } from "../page/dom.js";
import { integer } from "../page/format.js";
import type { ModelInfo } from "../worker/protocol.js";
import { downloadModel } from "./download.js";
import { type ModelRecord, openStore, type Store } from "./store.js";
import { showModels } from "./table.js";

export interface Models {
  /** Takes a new model into use and keeps it. @returns Its accuracy. */
  add(record: Omit<ModelRecord, "id" | "name">): Promise<number | undefined>;
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
  let store: Store | undefined;

  function say(text: string, isError = false): void {
    status.textContent = text;
    status.classList.toggle("is-error", isError);
  }

  function render(): void {
    showModels(body, records, current?.id ?? 0, { use: (record) => attempt(() => use(record)), remove });
  }

  async function use(record: ModelRecord): Promise<void> {
    const info = await network.open(record.artifacts);
    enter(record, info);
    tested(await onUse(info));
    await store?.setCurrent(record.id);
  }

  function enter(record: ModelRecord, { layers, parameters }: ModelInfo): void {
    current = record;
    byId("model-name", HTMLElement).textContent = record.name;
    byId("model-layers", HTMLElement).textContent = `${layers}, ${integer(parameters)} weights`;
    byId("download", HTMLButtonElement).disabled = false;
    render();
  }

  function tested(accuracy: number | undefined): void {
    if (accuracy === undefined) return;
    records = records.map((record) => (record.id === current?.id ? { accuracy, ...record } : record));
    render();
  }

  async function keep(record: Omit<ModelRecord, "id">): Promise<number | undefined> {
    const info = await network.open(record.artifacts);
    const accuracy = await onUse(info);
    const measured = { ...record, ...(accuracy !== undefined && { accuracy }) };
    const kept = await (store?.add(measured) ?? { ...measured, id: -records.length });
    records = [...records, kept];
    enter(kept, info);
    await store?.setCurrent(kept.id);
    const end = store ? "is kept in this browser." : "is there until you leave: this browser keeps nothing.";
    say(`${record.name} ${end}`);
    return accuracy;
  }

  function remove(record: ModelRecord): void {
    attempt(async () => {
      await store?.remove(record.id);
      records = records.filter(({ id }) => id !== record.id);
      const [first] = records;
      if (record.id === current?.id && first) await use(first);
      render();
      say(`${record.name} has been deleted.`);
      byId("runs-scroll", HTMLElement).focus({ preventScroll: true });
    });
  }

  function attempt(action: () => Promise<void>): void {
    action().catch((error: Error) => say(error.message, true));
  }

  /** `Run 3`: one more than the last. */
  function nextName(): string {
    const numbers = records.map(({ name }) => Number(/^Run (\d+)$/.exec(name)?.[1] ?? 0));
    return `Run ${Math.max(0, ...numbers) + 1}`;
  }

  byId("download", HTMLButtonElement).addEventListener("click", () => {
    if (current) downloadModel(current.artifacts);
  });
  const files = byId("model-files", HTMLInputElement);
  files.addEventListener("change", () => {
    const chosen = [...(files.files ?? [])];
    files.value = "";
    attempt(async () => {
      const artifacts = await network.readModel(chosen);
      await keep({ name: chosen.map(({ name }) => name).find((name) => /\.json$/i.test(name)) ?? "model", artifacts });
    });
  });

  store = await openStore().catch(() => undefined);
  const stored = (await store?.list()) ?? [];
  const wanted = (await store?.current()) ?? 0;
  records = [{ id: 0, name: "shipped", artifacts: await shipped }, ...stored];
  await use(records.find(({ id }) => id === wanted) ?? (records[0] as ModelRecord));
  return {
    add: (record) => keep({ ...record, name: nextName() }),
    tested,
  };
}
