/**
 * Layers that show training other images than it was given, each image changed at random each time it comes.
 *
 * Images are loaded once, as dense rows; layers before that work on single values, such as rescaling, are applied then. In
 * training, each batch of rows is copied out of the data set as ever, and augmented in place, one layer after the other.
 * In prediction and evaluation there is nothing to do, and nothing is planned.
 *
 * What is drawn for an image depends on the seed, the layer's place in the model, the count of batches and the image's row
 * in its batch, on nothing else.
 */
import { describeShape } from "../../arrays.js";
import { ShapeError } from "../../errors.js";
import { keyOf } from "../../random.js";
import { type Pointer, toVectors } from "../../wasm/kernels.js";
import { denseInput, type LayerOptions } from "../common.js";
import type { Layer, PlanContext, Step } from "../layer.js";
import type { Range } from "./options.js";

/** Which of a model's random streams belong to what is drawn for each image: this plus the layer's place. */
const DRAW_STREAMS = 0x30000;
/** Which belong to noise, and which to what is drawn for each batch: likewise. */
const NOISE_STREAMS = 0x40000;
const BATCH_STREAMS = 0x50000;
/** The place of a layer with a seed of its own; of all others it is their number. */
const SEEDED_PLACE = 0xffff;

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Changes `rows` images, `stride` floats apart, from what was drawn for each. */
export type Augment = (images: Pointer, draws: Pointer, rows: number, source: RandomSource) => void;

/** Where more random numbers for a batch come from: see assembly/random.ts. */
export interface RandomSource {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly step: number;
  readonly noiseStream: number;
  readonly batchStream: number;
}

export interface AugmentationSettings {
  readonly className: string;
  readonly common: LayerOptions;
  readonly seed: number | null;
  readonly config: Readonly<Record<string, unknown>>;
  /** The numbers to be drawn for each image, uniform in these ranges. */
  readonly draws: readonly Range[];
  /** True where training, too, leaves all images as they are. */
  readonly idle?: boolean;
  /** @throws ShapeError for images that the options do not fit. */
  readonly checkShape?: (shape: ImageShape) => void;
  /** Allocates what the work takes. */
  readonly prepare: (context: PlanContext, shape: ImageShape, stride: number) => Augment;
}

export function augmentationLayer(settings: AugmentationSettings): Layer {
  const { className, common, seed, config, idle = false, checkShape } = settings;
  return {
    className,
    ...common,
    augments: true,
    config: { ...config, seed },
    outputShape(inputShape) {
      const shape = imageShape(inputShape, className);
      checkShape?.(shape);
      return inputShape;
    },
    weights: () => [],
    plan: (context) => (context.training && !idle ? [augmentationStep(context, settings)] : []),
  };
}

/** @throws ShapeError unless a sample is an image. */
function imageShape(inputShape: readonly number[], where: string): ImageShape {
  const [height, width, channels = 1] = inputShape;
  if (height === undefined || width === undefined || inputShape.length > 3) {
    throw new ShapeError(
      `${where}: expected samples of shape [height, width] or [height, width, channels], got ${describeShape(inputShape)}`,
    );
  }
  return { height, width, channels };
}

function augmentationStep(
  context: PlanContext,
  { className, seed, draws: ranges, prepare }: AugmentationSettings,
): Step {
  const { arena, capacity, index } = context;
  const { kernels } = arena;
  const images = denseInput(context);
  const columns = toVectors(ranges.length);
  const bounds = arena.allocate(2 * columns);
  const draws = arena.allocate(capacity * columns);
  const augment = prepare(context, imageShape(context.inputShape, className), images.stride);
  const values = arena.floats(bounds, 2 * columns);
  values.set(ranges.map(([lower]) => lower));
  values.set(
    ranges.map(([, upper]) => upper),
    columns,
  );
  const own = seed === null ? undefined : keyOf(seed);
  const place = seed === null ? index : SEEDED_PLACE;
  const streams = { noiseStream: NOISE_STREAMS + place, batchStream: BATCH_STREAMS + place };
  return {
    output: images,
    learns: false,
    forward({ rows, training }) {
      if (!training) return;
      const [seedLow, seedHigh] = own ?? [training.seedLow, training.seedHigh];
      const step = training.iteration;
      kernels.randomUniformRows(draws, bounds, 0, rows, columns, seedLow, seedHigh, DRAW_STREAMS + place, step);
      augment(images.pointer, draws, rows, { seedLow, seedHigh, step, ...streams });
    },
    // No layer that learns stands before it, so none asks for a gradient
    backward() {},
  };
}
