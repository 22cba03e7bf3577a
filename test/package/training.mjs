/** The training that ends with the same weights wherever JavaScript runs. */

/** The sha256 of those weights, as little-endian float32. */
export const DIGEST = "b2cf0c2c0857b8b1c9d413b24ae5080858963bfbbd1c94193d926ad2f7351213";

/** @returns the sha256 of the weights that it has trained, in hexadecimal. */
export async function train({ activations, layers, losses, ndarray, optimizers, Sequential }) {
  const [rows, width, classes] = [300, 64, 4];
  // Integers only, so that the data is the same everywhere
  let state = 1;
  const next = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % limit;
  };
  const labels = Int32Array.from({ length: rows }, () => next(classes));
  const pixels = Float32Array.from({ length: rows * width }, (_, i) =>
    i % classes === labels[Math.floor(i / width)] || next(4) === 0 ? next(256) / 256 : 0,
  );
  const x = ndarray(pixels, [rows, width]);
  const y = ndarray(labels, [rows]);

  const model = new Sequential(
    [
      layers.dense({ units: 32, activation: activations.relu, inputShape: [width] }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 16, activation: activations.tanh }),
      layers.dense({ units: classes, activation: activations.softmax }),
    ],
    { seed: 7 },
  );
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss: losses.sparseCategoricalCrossentropy() });
  const { history } = await model.fit(x, y, { epochs: 5, batchSize: 32 });
  if (!(history.loss[4] < history.loss[0])) throw new Error(`it has learned nothing: ${history.loss}`);

  const hash = await crypto.subtle.digest("SHA-256", bytesOf(model.getWeights()));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(weights) {
  const values = weights.flatMap(({ data }) => [...data]);
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return view.buffer;
}
