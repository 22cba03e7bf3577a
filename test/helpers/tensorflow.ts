/** Models on their way to TensorFlow.js and back. */
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import type { Sequential } from "../../src/index.js";
import { values } from "../saving/models.js";

export async function toTensorFlow(model: Sequential): Promise<tf.LayersModel> {
  return tf.loadLayersModel(tf.io.fromMemory(await model.toArtifacts()));
}

export async function artifactsOf(model: tf.LayersModel, includeOptimizer = false): Promise<tf.io.ModelArtifacts> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  });
  await model.save(handler, { includeOptimizer });
  return saved as tf.io.ModelArtifacts;
}

/** Both predict the same for 5 samples, within 1e-5. */
export async function expectSame(
  ours: Sequential,
  theirs: tf.LayersModel,
  sample: number[],
  scale = 2,
  x = values([5, ...sample], scale),
): Promise<void> {
  const mine = await ours.predict(x);
  const other = theirs.predict(tf.tensor(x.data, [...x.shape])) as tf.Tensor;
  expect(mine.shape).toEqual(other.shape);
  const expected = await other.data();
  mine.data.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] as number, 5);
  });
}
