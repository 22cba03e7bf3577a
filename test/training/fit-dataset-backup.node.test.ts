import { expect, it } from "vitest";
import { callbacks } from "../../src/index.js";
import { makeClassifier } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { useDirectory } from "../helpers/directory.js";
import { expectSameWeights } from "../helpers/weights.js";

const path = useDirectory();
const batches = [5, 5, 2].map((rows) => ({ xs: matrix(rows, 4, rows), ys: matrix(rows, 3, 4, 0, 1) }));

it("fitDataset goes on from a backup to the same bits, in mid-epoch, too", async () => {
  const asked: number[] = [];
  const dataset = (epoch: number) => {
    asked.push(epoch);
    return epoch % 2 ? batches : batches.toReversed();
  };
  const [whole, second] = [makeClassifier(), makeClassifier()];
  await whole.fitDataset(dataset, { epochs: 4 });
  const backup = () => callbacks.backupAndRestore({ backupDir: path("backup"), saveFreq: 2 });
  let count = 0;
  const onBatchEnd = () => {
    if (++count === 9) throw new Error("power cut");
  };
  const options = { epochs: 4, callbacks: [{ onBatchEnd }, backup()] };
  await expect(makeClassifier().fitDataset(dataset, options)).rejects.toThrow("power cut");
  asked.length = 0;
  await second.fitDataset(dataset, { epochs: 4, callbacks: backup() });
  expectSameWeights(second.getWeights(), whole.getWeights());
  expect(asked).toEqual([0, 2, 3]);
});
