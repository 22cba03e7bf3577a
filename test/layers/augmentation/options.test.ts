/** Options of layers that augment images: what is refused where they are made, and what a saved model says. */
import { describe, expect, it } from "vitest";
import { layers, Sequential, ShapeError } from "../../../src/index.js";
import { expectFailure, type Refused, wrong } from "../../helpers/failure.js";
import { members } from "./members.js";

const spread = "expected a number in [-1, 1], or two in [-1, 1]";
const share = "expected a number in [0, 1], or two in [0, 1]";
const translation = (options: object) => () =>
  layers.randomTranslation(wrong({ heightFactor: 0, widthFactor: 0, ...options }));

const refused: readonly Refused[] = [
  [
    "a misspelt option",
    () => layers.randomRotation(wrong({ factor: 0.1, fill: 1 })),
    TypeError,
    "randomRotation: unknown option 'fill'; known: name, inputShape, batchInputShape, trainable, activityRegularizer, seed, dataFormat, factor, fillMode, fillValue, interpolation",
  ],
  [
    "rotation without a factor",
    () => layers.randomRotation(wrong({})),
    TypeError,
    `randomRotation: factor: ${spread}, got undefined`,
  ],
  [
    "zoom without a factor",
    () => layers.randomZoom(wrong({})),
    TypeError,
    `randomZoom: heightFactor: ${spread}, got undefined`,
  ],
  [
    "a factor of text",
    translation({ widthFactor: "0.1" }),
    TypeError,
    `randomTranslation: widthFactor: ${spread}, got "0.1"`,
  ],
  [
    "a factor beyond 1",
    translation({ heightFactor: -1.5 }),
    RangeError,
    `randomTranslation: heightFactor: ${spread}, got -1.5`,
  ],
  [
    "a pair beyond 1",
    translation({ heightFactor: [0, 2] }),
    RangeError,
    `randomTranslation: heightFactor: ${spread}, got 2`,
  ],
  [
    "three numbers",
    translation({ heightFactor: [0, 1, 2] }),
    TypeError,
    `randomTranslation: heightFactor: ${spread}, got an array of 3`,
  ],
  [
    "a pair of NaN",
    translation({ heightFactor: [0, Number.NaN] }),
    RangeError,
    `randomTranslation: heightFactor: ${spread}, got NaN`,
  ],
  [
    "a negative shear",
    () => layers.randomShear({ xFactor: -0.1 }),
    RangeError,
    "randomShear: xFactor: expected a number in [0, 1], or two in [-1, 1], got -0.1",
  ],
  [
    "a negative contrast",
    () => layers.randomContrast({ factor: -0.1 }),
    RangeError,
    `randomContrast: factor: ${share}, got -0.1`,
  ],
  [
    "a probability of 2",
    () => layers.randomErasing({ factor: 2 }),
    RangeError,
    `randomErasing: factor: ${share}, got 2`,
  ],
  [
    "an elastic strength of 2",
    () => layers.randomElasticTransform({ scale: 2 }),
    RangeError,
    "randomElasticTransform: scale: expected a number in [0, 1], or two in [0, ∞), got 2",
  ],
  [
    "no smoothness",
    () => layers.randomElasticTransform({ smoothness: 0 }),
    RangeError,
    "randomElasticTransform: smoothness: expected a number in (0, 1], got 0",
  ],
  [
    "a stretch of 2",
    () => layers.randomAffine({ stretch: 2 }),
    RangeError,
    "randomAffine: stretch: expected a number in [-1, 1], or two in [-1, 1], got 2",
  ],
  [
    "an object to turn by",
    () => layers.randomAffine({ rotation: wrong({}) }),
    TypeError,
    "randomAffine: rotation: expected a number in [-1, 1], or two in [-1, 1], got Object",
  ],
  [
    "an unknown fill mode",
    translation({ fillMode: "refelct" }),
    RangeError,
    "unknown fill mode 'refelct'. Did you mean 'reflect'? Known are: constant, nearest, reflect, wrap",
  ],
  [
    "a number as fill mode",
    translation({ fillMode: 1 }),
    TypeError,
    "randomTranslation: fillMode: expected a name, got 1",
  ],
  [
    "an unknown interpolation",
    translation({ interpolation: "bicubic" }),
    RangeError,
    "unknown interpolation 'bicubic'. Known are: bilinear, nearest",
  ],
  [
    "an infinite fill value",
    translation({ fillValue: Infinity }),
    RangeError,
    "randomTranslation: fillValue: expected a finite number, got Infinity",
  ],
  [
    "channels in front",
    translation({ dataFormat: "channelsFirst" }),
    RangeError,
    "randomTranslation: dataFormat: expected 'channelsLast', got \"channelsFirst\"",
  ],
  [
    "a negative seed",
    translation({ seed: -1 }),
    RangeError,
    "randomTranslation: seed: expected an integer from 0 to 2^53 - 1, got -1",
  ],
  [
    "a value range of one number",
    () => layers.randomBrightness(wrong({ factor: 0.1, valueRange: [0] })),
    TypeError,
    "randomBrightness: valueRange: expected two finite numbers, got an array of 1",
  ],
  [
    "an infinite value range",
    () => layers.randomContrast({ factor: 0.1, valueRange: [0, Infinity] }),
    RangeError,
    "randomContrast: valueRange: expected two finite numbers, got Infinity",
  ],
  [
    "a fill value of text",
    () => layers.randomErasing(wrong({ fillValue: "black" })),
    TypeError,
    'randomErasing: fillValue: expected a finite number, or one for each channel, got "black"',
  ],
  [
    "no fill values",
    () => layers.randomErasing({ fillValue: [] }),
    TypeError,
    "randomErasing: fillValue: expected a finite number, or one for each channel, got an array of 0",
  ],
];

it.each(["randomAffine", "randomElasticTransform", "randomErasing", "randomShear"] as const)(
  "%s needs no options",
  (name) => {
    expect(layers[name]().config).toEqual(layers[name]({}).config);
  },
);

describe("layers that augment images refuse", () => {
  it.each(refused)("%s", async (_, make, error, message) => {
    await expectFailure(make as () => unknown, error, message);
  });

  it.each(members)("%s of what is no object", async (name) => {
    const make = layers[name as "randomRotation"];
    await expectFailure(() => make(wrong(null)), TypeError, `${name}: expected an object of options, got null`);
  });

  it("fill values for other channels", async () => {
    await expectFailure(
      () => new Sequential([layers.randomErasing({ fillValue: [1, 2, 3], inputShape: [2, 2] })]),
      ShapeError,
      "randomErasing: fillValue: expected a number for each of 1 channels, got 3",
    );
  });
});

describe("a saved model says in Keras's names", () => {
  const resampling = { fill_mode: "reflect", fill_value: 0, interpolation: "bilinear" };
  it.each([
    [
      layers.randomTranslation({ heightFactor: -0.2, widthFactor: [0.3, 0.1], fillMode: "wrap", seed: 7 }),
      {
        height_factor: -0.2,
        width_factor: [0.3, 0.1],
        ...resampling,
        fill_mode: "wrap",
        seed: 7,
      },
    ],
    [layers.randomRotation({ factor: 0.1 }), { factor: [-0.1, 0.1], ...resampling, seed: null }],
    [
      layers.randomZoom({ heightFactor: 0.5, interpolation: "nearest" }),
      {
        height_factor: 0.5,
        width_factor: null,
        ...resampling,
        interpolation: "nearest",
        seed: null,
      },
    ],
    [
      layers.randomShear({ xFactor: 0.5, yFactor: [0.1, 0.2] }),
      { x_factor: 0.5, y_factor: [0.1, 0.2], ...resampling, seed: null },
    ],
    [
      layers.randomErasing(),
      { factor: [0, 1], scale: [0.02, 0.33], fill_value: null, value_range: [0, 255], seed: null },
    ],
    [
      layers.randomAffine({ rotation: 0.1, zoom: [-0.2, 0.1] }),
      {
        rotation: 0.1,
        zoom: [-0.2, 0.1],
        stretch: 0,
        shear: 0,
        height_factor: 0,
        width_factor: 0,
        ...resampling,
        seed: null,
      },
    ],
    [
      layers.randomElasticTransform({ smoothness: 0.15, scale: 0.5 }),
      { factor: [0, 1], scale: [0, 0.5], smoothness: 0.15, ...resampling, value_range: [0, 255], seed: null },
    ],
    [
      layers.randomElasticTransform({ fillMode: "constant", fillValue: 3 }),
      {
        factor: [0, 1],
        scale: [0, 1],
        ...resampling,
        fill_mode: "constant",
        fill_value: 3,
        value_range: [0, 255],
        seed: null,
      },
    ],
    [layers.randomContrast({ factor: 0.3 }), { factor: [0, 0.3], value_range: [0, 255], seed: null }],
    [
      layers.randomBrightness({ factor: 0.3, valueRange: [1, 0] }),
      { factor: [-0.3, 0.3], value_range: [0, 1], seed: null },
    ],
  ])("what is drawn from: $className", (layer, config) => {
    expect(layer.config).toEqual({ ...config, data_format: "channels_last" });
  });
});
