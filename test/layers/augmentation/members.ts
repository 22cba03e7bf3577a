/** One of each layer that augments images, for tests that go through all of them. A new one needs a line. */
import { type Layer, layers } from "../../../src/index.js";

const range = { valueRange: [-1, 1] } as const;

/** The names of those layers. */
export type Augmenting = Extract<keyof typeof layers, `random${string}`>;

export const augmenting: Readonly<Record<Augmenting, (options?: { seed?: number; inputShape?: number[] }) => Layer>> = {
  randomAffine: (options) =>
    layers.randomAffine({
      rotation: 0.1,
      zoom: 0.2,
      shear: 0.1,
      widthFactor: [-0.1, 0.3],
      fillMode: "wrap",
      ...options,
    }),
  randomBrightness: (options) => layers.randomBrightness({ factor: 0.5, ...range, ...options }),
  randomContrast: (options) => layers.randomContrast({ factor: [0.5, 0.25], ...range, ...options }),
  randomElasticTransform: (options) => layers.randomElasticTransform({ factor: [1, 1], ...range, ...options }),
  randomErasing: (options) => layers.randomErasing({ factor: [1, 1], scale: [0.3, 0.6], ...range, ...options }),
  randomRotation: (options) => layers.randomRotation({ factor: 0.2, ...options }),
  randomShear: (options) => layers.randomShear({ xFactor: 0.3, yFactor: [0.1, 0.2], ...options }),
  randomTranslation: (options) => layers.randomTranslation({ heightFactor: 0.2, widthFactor: [-0.1, 0.3], ...options }),
  randomZoom: (options) => layers.randomZoom({ heightFactor: 0.4, fillMode: "constant", ...options }),
};

export const members = Object.entries(augmenting);
