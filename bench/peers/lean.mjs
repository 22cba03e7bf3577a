/** W5's first prediction as a program that imports only what it uses; prepare.mjs makes one file of it. */
import { relu, softmax } from "../../dist/activations/index.js";
import { dense } from "../../dist/layers/index.js";
import { ndarray, Sequential } from "../../dist/lean.js";
import { categoricalCrossentropy } from "../../dist/losses/index.js";
import { adam } from "../../dist/optimizers/index.js";

const model = new Sequential([
  dense({ units: 256, activation: relu, inputShape: [784] }),
  dense({ units: 128, activation: relu }),
  dense({ units: 10, activation: softmax }),
]);
model.compile({ optimizer: adam({ learningRate: 1e-3 }), loss: categoricalCrossentropy() });
const { data } = await model.predict(ndarray(new Float32Array(784), [1, 784]));
if (!(data[0] >= 0)) throw new Error(`predicted ${data[0]}`);
process.exit(0);
