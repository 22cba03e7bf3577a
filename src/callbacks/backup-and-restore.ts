import { describe } from "../arrays.js";
import { checkBoolean, checkInteger, checkOptions } from "../checks.js";
import { fileSize, readBytes } from "../files/read.js";
import { makeDirectory, removeLeftovers, removeWithDirectory, writeFiles } from "../files/write.js";
import { decodeState, encodeState } from "../state-tree.js";
import type { Callback } from "./callback.js";
import { withLeading } from "./leading.js";
import { withRecipe } from "./recipe.js";

export interface BackupAndRestoreOptions {
  /** A path or a `file:` URL, of a directory that nothing else uses. It is made if it is not there. */
  readonly backupDir: string | URL;
  /** After each epoch (the default), or after every so many batches of an epoch and after each epoch. */
  readonly saveFreq?: "epoch" | number;
  /** Remove the backup when training has come to its end. Default true. */
  readonly deleteCheckpoint?: boolean;
}

/**
 * Lets training go on where it was interrupted, be it by a crash or a power cut (Keras: BackupAndRestore). Run the same
 * program again: `fit` goes on with the epoch, or the batch, behind the last backup, and comes to the same weights, to the
 * bit, as if it had never been interrupted. Its history then begins with the epoch that it goes on with.
 *
 * The backup holds weights, optimizer, seed, and what callbacks remember. It is one file, `training.state`, which is
 * replaced by a whole new one or not at all.
 *
 * @throws TypeError, RangeError for options out of range; during training LanewiseError when the backup cannot be written,
 *   the one before being as it was; at its start when it is that of another model, optimizer or seed, and FormatError when
 *   it is damaged.
 */
export function backupAndRestore(
  backupDir: BackupAndRestoreOptions | BackupAndRestoreOptions["backupDir"],
  rest: Omit<BackupAndRestoreOptions, "backupDir"> = {},
): Callback {
  const options = withLeading<BackupAndRestoreOptions, "backupDir">("backupDir", backupDir, rest);
  checkOptions(options, ["backupDir", "saveFreq", "deleteCheckpoint"], "backupAndRestore");
  const { backupDir: directory, saveFreq = "epoch", deleteCheckpoint = true } = options;
  if ((typeof directory !== "string" && !((directory as unknown) instanceof URL)) || `${directory}` === "") {
    throw new TypeError(`backupAndRestore: backupDir: expected a path or a file: URL, got ${describe(directory)}`);
  }
  if (saveFreq !== "epoch") checkInteger(saveFreq, "backupAndRestore: saveFreq: 'epoch' or a number of batches", 1);
  checkBoolean(deleteCheckpoint, "backupAndRestore: deleteCheckpoint");
  const file = `${`${directory}`.replace(/\/+$/, "")}/training.state`;

  return withRecipe("backupAndRestore", options, (run) => {
    const save = async () => writeFiles([{ path: file, bytes: encodeState(await run.state()) }]);
    return {
      async beforeTrain() {
        await makeDirectory(directory);
        await removeLeftovers(directory);
        if ((await fileSize(file)) > 0) await run.restore(decodeState(await readBytes(file), file));
      },
      afterBatch: (batch) => (saveFreq !== "epoch" && (batch + 1) % saveFreq === 0 ? save() : undefined),
      afterEpoch: save,
      async afterTrain() {
        if (deleteCheckpoint) await removeWithDirectory(file);
      },
    };
  });
}
