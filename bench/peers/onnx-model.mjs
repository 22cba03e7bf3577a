/** Writes a dense network as an ONNX file, which is a protocol buffer: onnx.proto of the ONNX project has the field numbers. */

const FLOAT = 1;
const FIELD = { varint: 0, bytes: 2 };

/** @param weights Kernel [inputs, outputs] and bias of each layer in turn. @returns x [rows, inputs] -> y, probabilities. */
export function encodeModel(widths, activation, weights) {
  const layers = widths.length - 1;
  const nodes = [];
  const initializers = [];
  for (let i = 0; i < layers; i++) {
    const [inputs, outputs] = [widths[i], widths[i + 1]];
    initializers.push(tensor(`kernel${i}`, [inputs, outputs], weights[2 * i]));
    initializers.push(tensor(`bias${i}`, [outputs], weights[2 * i + 1]));
    nodes.push(node("Gemm", [i === 0 ? "x" : `a${i}`, `kernel${i}`, `bias${i}`], `z${i}`));
    if (i < layers - 1) nodes.push(node(activation === "relu" ? "Relu" : "Tanh", [`z${i}`], `a${i + 1}`));
    else nodes.push(node("Softmax", [`z${i}`], "y"));
  }
  const graph = [
    ...nodes.map((bytes) => message(1, bytes)),
    text(2, "network"),
    ...initializers.map((bytes) => message(5, bytes)),
    message(11, matrix("x", widths[0])),
    message(12, matrix("y", widths[layers])),
  ];
  const operatorSet = [text(1, ""), number(2, 13)];
  return Buffer.concat([number(1, 7), message(7, graph), message(8, operatorSet)]);
}

const node = (operator, inputs, output) => [...inputs.map((name) => text(1, name)), text(2, output), text(4, operator)];

const tensor = (name, shape, data) => [
  ...shape.map((size) => number(1, size)),
  number(2, FLOAT),
  text(8, name),
  message(9, [Buffer.from(data.buffer, data.byteOffset, data.byteLength)]),
];

/** A float matrix with any number of rows. */
function matrix(name, columns) {
  const shape = [message(1, [text(2, "rows")]), message(1, [number(1, columns)])];
  return [text(1, name), message(2, [message(1, [number(1, FLOAT), message(2, shape)])])];
}

const number = (field, value) => Buffer.concat([varint((field << 3) | FIELD.varint), varint(value)]);
const text = (field, value) => message(field, [Buffer.from(value)]);

function message(field, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint((field << 3) | FIELD.bytes), varint(length), ...parts]);
}

function varint(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
