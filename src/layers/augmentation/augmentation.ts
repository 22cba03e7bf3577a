/**
 * Layers that show training other images than it was given, each image changed at random each time it comes.
 *
 * Images are loaded once, as dense rows; layers before that work on single values, such as rescaling, are applied then. In
 * training, each batch of rows is copied out of the data set as ever, and augmented in place, one layer after the other.
 * In prediction and evaluation there is nothing to do, and nothing is planned.
 *
 * What is drawn for an image depends on the seed, the layer's place in the model (unless it has a seed of its own), the
 * count of batches and the image's row in its batch, on nothing else.
 */
import { describeShape } from "../../arrays.js";
import { ShapeError } from "../../errors.js";
import { type Pointer, toVectors } from "../../wasm/kernels.js";
import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import { type CommonSettings, denseInput } from "../common.js";
import type { Layer, PlanContext, Step } from "../layer.js";
import { type NoiseSource, noiseSource } from "../noise.js";
import type { Range } from "./options.js";

/** How far from the stream of what is drawn for each image those of noise and of what is drawn for each batch are. */
const NOISE_STREAM = 0x30000;
const BATCH_STREAM = 0x40000;

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Changes `rows` images, `stride` floats apart, from what was drawn for each. */
export type Augment = (images: Pointer, draws: Pointer, rows: number, source: RandomSource) => void;

/** Where more random numbers for a batch come from. */
export interface RandomSource extends Omit<NoiseSource, "stream"> {
  readonly noiseStream: number;
  readonly batchStream: number;
}

export interface AugmentationSettings {
  readonly className: string;
  readonly common: CommonSettings;
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
    config: { ...config, seed, data_format: "channels_last" },
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
  const sourceOf = noiseSource(seed, index);
  return {
    output: images,
    learns: false,
    forward({ rows, training }) {
      if (!training) return;
      const { stream, ...source } = sourceOf(training);
      const { seedLow, seedHigh, step } = source;
      augmentationKernels(kernels).randomUniformRows(draws, bounds, 0, rows, columns, seedLow, seedHigh, stream, step);
      const more = { ...source, noiseStream: stream + NOISE_STREAM, batchStream: stream + BATCH_STREAM };
      augment(images.pointer, draws, rows, more);
    },
    // No layer that learns stands before it, so none asks for a gradient
    backward() {},
  };
}
