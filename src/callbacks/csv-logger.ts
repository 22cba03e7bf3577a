import { describe } from "../arrays.js";
import { checkBoolean, checkOptions } from "../checks.js";
import { fileSize } from "../files/read.js";
import { appendText, truncateFile } from "../files/write.js";
import type { Callback, Logs } from "./callback.js";
import { withLeading } from "./leading.js";
import { withRecipe } from "./recipe.js";

export interface CsvLoggerOptions {
  /** A path or a `file:` URL. */
  readonly filename: string | URL;
  /** What stands between two values. Default ','. */
  readonly separator?: string;
  /** Go on behind what is in the file, rather than replace it. Default false. */
  readonly append?: boolean;
}

/**
 * Writes the figures of each epoch into a file, a line at a time (Keras: CSVLogger): `epoch`, from 0, and then the figures
 * in the order of their names. A figure that an epoch does not have is `NA`. When the first epoch has not been validated,
 * there are columns for validation all the same.
 *
 * Training that goes on from a backup goes on with the file as it was then.
 *
 * @throws TypeError for options of another kind; during training LanewiseError when the file cannot be written.
 */
export function csvLogger(
  filename: CsvLoggerOptions | CsvLoggerOptions["filename"],
  rest: Omit<CsvLoggerOptions, "filename"> = {},
): Callback {
  const options = withLeading<CsvLoggerOptions, "filename">("filename", filename, rest);
  checkOptions(options, ["filename", "separator", "append"], "csvLogger");
  const { filename: file, separator = ",", append = false } = options;
  if ((typeof file !== "string" && !((file as unknown) instanceof URL)) || `${file}` === "") {
    throw new TypeError(`csvLogger: filename: expected a path or a file: URL, got ${describe(file)}`);
  }
  if (typeof separator !== "string" || separator === "") {
    throw new TypeError(`csvLogger: separator: expected a text, got ${describe(separator)}`);
  }
  checkBoolean(append, "csvLogger: append");
  const quote = (cell: string): string =>
    cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const line = (cells: readonly unknown[]): string => `${cells.map((cell) => quote(`${cell}`)).join(separator)}\n`;

  return withRecipe("csvLogger", options, () => {
    let columns: readonly string[] | undefined;
    /** The length of the file, in bytes, that training goes on with. */
    let length: number | undefined;
    return {
      name: "csvLogger",
      async onTrainBegin() {
        if (length !== undefined || !append) await truncateFile(file, length ?? 0);
      },
      async onEpochEnd(epoch, logs) {
        const heading = columns === undefined && (await fileSize(file)) === 0;
        columns ??= columnsOf(logs);
        const row = line([epoch, ...columns.map((name) => logs[name] ?? "NA")]);
        await appendText(file, heading ? line(["epoch", ...columns]) + row : row);
        length = await fileSize(file);
      },
      state: () => ({ columns: columns ?? null, length: length ?? null }),
      restore(state) {
        const kept = state as { readonly columns: readonly string[] | null; readonly length: number | null };
        columns = kept.columns ?? undefined;
        length = kept.length ?? undefined;
      },
    };
  });
}

function columnsOf(logs: Logs): string[] {
  const names = Object.keys(logs).sort();
  const validated = names.some((name) => name.startsWith("val_"));
  return validated ? names : [...names, ...names.map((name) => `val_${name}`)];
}
