import { elementwiseLossBackward, elementwiseLossForward } from "../../reference.js";
import { fractions, numbers, withExtremes } from "../samples.js";
import { checkLoss } from "./check.js";

type Formula = (p: number, y: number) => number;
type Values = (n: number, seed: number) => Float32Array;

interface Case {
  readonly name: string;
  readonly formula: number;
  readonly parameters?: readonly number[];
  readonly exact: Formula;
  readonly inputs?: Values;
  readonly targets?: Values;
}

const EPSILON = Math.fround(1e-7);
const signs: Values = (n, seed) => numbers(n, seed).map((value) => (value < 0 ? -1 : 1));
const bits: Values = (n, seed) => numbers(n, seed).map((value) => (value < 0 ? 0 : 1));
const counts: Values = (n, seed) => fractions(n, seed).map((value) => Math.floor(5 * value));
const wide: Values = (n, seed) => numbers(n, seed).map((value) => 5 * value);

const cases: readonly Case[] = [
  { name: "absolute error", formula: 0, exact: (p, y) => Math.abs(p - y) },
  { name: "percentage error", formula: 1, exact: (p, y) => Math.abs(p - y) / Math.max(Math.abs(y), EPSILON) },
  {
    name: "squared logarithmic error",
    formula: 2,
    exact: (p, y) => (Math.log(Math.max(p, EPSILON) + 1) - Math.log(Math.max(y, EPSILON) + 1)) ** 2,
  },
  {
    name: "Huber's loss",
    formula: 3,
    parameters: [0.5],
    exact: (p, y) => (Math.abs(p - y) <= 0.5 ? (p - y) ** 2 / 2 : 0.5 * Math.abs(p - y) - 0.125),
  },
  { name: "ln cosh", formula: 4, exact: (p, y) => Math.log(Math.cosh(p - y)), inputs: wide },
  {
    name: "hinge",
    formula: 5,
    parameters: [1, 0],
    exact: (p, y) => Math.max(1 - y * p, 0),
    inputs: wide,
    targets: signs,
  },
  {
    name: "hinge of 0 and 1",
    formula: 5,
    parameters: [2, -1],
    exact: (p, y) => Math.max(1 - (2 * y - 1) * p, 0),
    inputs: wide,
    targets: bits,
  },
  {
    name: "squared hinge",
    formula: 6,
    parameters: [2, -1],
    exact: (p, y) => Math.max(1 - (2 * y - 1) * p, 0) ** 2,
    inputs: wide,
    targets: bits,
  },
  {
    name: "Poisson",
    formula: 7,
    exact: (p, y) => p - y * Math.log(p + EPSILON),
    inputs: fractions,
    targets: counts,
  },
  {
    name: "Kullback-Leibler",
    formula: 8,
    exact: (p, y) => clip(y, 1) * Math.log(clip(y, 1) / clip(p, 1)),
    inputs: fractions,
    targets: withExtremes,
  },
  ...[
    [2, 1, 1],
    [1.5, 0.25, 0.75],
    [0, 0.25, 0.75],
  ].map((parameters) => ({
    name: `focal, gamma ${parameters[0]}`,
    formula: 9,
    parameters,
    exact: focal(parameters as [number, number, number]),
    inputs: withExtremes,
    targets: fractions,
  })),
];

for (const { name, formula, parameters = [], exact, inputs = numbers, targets = numbers } of cases) {
  const [a = 0, b = 0, c = 0] = parameters;
  checkLoss({
    name,
    kernel: "elementwiseLoss",
    fused: false,
    backwardInPlace: true,
    parameters: [formula, a, b, c],
    sizes: { forward: () => [1], backward: () => [] },
    forward: (p, y, rows, width) => elementwiseLossForward(formula, p, y, parameters, 1, rows, width),
    backward: (p, y, scale, rows, width) => elementwiseLossBackward(formula, p, y, parameters, scale, rows, width),
    exact: (p, y) => p.reduce((total, value, j) => total + exact(value, y[j] as number), 0),
    inputs: (rows, width) => inputs(rows * width, 1),
    targets: (rows, width) => targets(rows * width, 2),
  });
}

function focal([gamma, hit, miss]: readonly [number, number, number]): Formula {
  return (p, y) => {
    const q = clip(p, 1 - 2 ** -23);
    const entropy = y * Math.log(q) + (1 - y) * Math.log(1 - q);
    return -(y * hit + (1 - y) * miss) * (1 - (y * p + (1 - y) * (1 - p))) ** gamma * entropy;
  };
}

function clip(value: number, most: number): number {
  return Math.min(Math.max(value, EPSILON), most);
}
