/** Node's Buffers are bytes like others, but that small ones are part of one that belongs to all. */
import { expect, it } from "vitest";
import { isTypedArray } from "../src/arrays.js";
import { makeClassifier } from "./helpers/classifier.js";
import { connectClassifier } from "./helpers/connected.js";

const bytes = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]);
const rows = { data: bytes, shape: [2, 4], dtype: "uint8" } as const;

it("are typed arrays", async () => {
  expect(isTypedArray(bytes)).toBe(true);
  const model = makeClassifier();
  expect(await model.predict(rows)).toEqual(await model.predict({ ...rows, data: Uint8Array.from(bytes) }));
});

it("stay where they are when they are given to a worker", async () => {
  const [model, here] = [await connectClassifier(), makeClassifier()];
  expect(await model.predict(rows, { transfer: true })).toEqual(await here.predict(rows));
  expect([...bytes]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
