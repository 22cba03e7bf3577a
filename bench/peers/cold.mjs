/**
 * One cold start, in as small a program as a user's own: `node cold.mjs tfjs '{ "network": … }'` loads the peer and ends right
 * after the first prediction, or after the first epoch where the request has a `train`. See README.md.
 */
const [, , name, request] = process.argv;
const { network, train } = JSON.parse(request);
const { createModel } = await import(`./peers/${name}.mjs`);
const model = await createModel(network);
if (!train) {
  const [first] = await model.predict(new Float32Array(network.widths[0]), 1);
  if (!(first >= 0)) throw new Error(`predicted ${first}`);
} else if (model.fit) {
  const { read } = await import("./raw.mjs");
  await model.load(read(train.x), Int32Array.from(read(train.labels)));
  await model.fit(1);
}
process.exit(train && !model.fit ? 3 : 0);
