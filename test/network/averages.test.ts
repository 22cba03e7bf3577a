/** The averages that an optimizer keeps of a network's weights, in their place and back. */
import { expect, it } from "vitest";
import { layers, optimizers } from "../../src/index.js";
import { connect, flatten } from "../../src/network/connect.js";
import { ModelParts } from "../../src/network/nesting.js";
import { Network, toSeed } from "../../src/network/network.js";

it("change places with the weights, all but those of no optimizer, and once more back", () => {
  const stack = [layers.dense({ units: 3, inputShape: [2] })];
  const leaves = flatten(connect(stack, [2]), new ModelParts(stack, false, undefined));
  const network = new Network(leaves, toSeed(1), "exact");
  const optimizer = optimizers.adam({ useEma: true });
  network.allocateState(optimizer, {});
  const read = () => network.weights.map((weight) => [...network.readWeight(weight)]);
  const before = read();
  network.swapAverages(optimizer);
  expect(read(), "they start as copies of the weights").toEqual(before);
  network.weights.forEach((weight) => {
    network.writeWeight(weight, new Float32Array(6).fill(7));
  });
  const top = network.arena.mark();
  network.swapAverages(optimizer);
  expect(read()).toEqual(before);
  expect(network.arena.mark()).toBe(top);
  network.swapAverages(optimizer);
  expect(
    read()
      .flat()
      .every((value) => value === 7),
  ).toBe(true);
  network.swapAverages(optimizers.adam());
  expect(
    read()
      .flat()
      .every((value) => value === 7),
  ).toBe(true);
});
