/** What the layers share that move all points of an image by one rule. */
import { type Kernels, type Pointer, resamplingLength } from "../../wasm/kernels.js";
import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { type AugmentationSettings, augmentationLayer, type ImageShape } from "./augmentation.js";
import { checkResampling, type ResamplingOptions } from "./options.js";

/** See assembly/augmentation/affine.ts. */
const MATRIX_LENGTH = 8;

export interface AffineSettings extends Omit<AugmentationSettings, "prepare"> {
  readonly where: string;
  readonly options: ResamplingOptions;
  /** From what was drawn for each image to where its points come from. */
  readonly matrices: (kernels: Kernels, matrices: Pointer, draws: Pointer, rows: number, shape: ImageShape) => void;
}

export function affineLayer(settings: AffineSettings): Layer {
  const { resampling, config } = checkResampling(settings.options, settings.where);
  const { rounded, fillMode, fillValue } = resampling;
  return augmentationLayer({
    ...settings,
    config: { ...settings.config, ...config },
    prepare({ arena, capacity }, shape, stride) {
      const { kernels } = arena;
      const { height, width, channels } = shape;
      const matrices = arena.allocate(capacity * MATRIX_LENGTH);
      const scratch = arena.allocate(resamplingLength(height, width));
      return (images, draws, rows) => {
        settings.matrices(kernels, matrices, draws, rows, shape);
        augmentationKernels(kernels).resampleAffine(
          images,
          images,
          matrices,
          stride,
          rows,
          height,
          width,
          channels,
          rounded,
          fillMode,
          fillValue,
          scratch,
        );
      };
    },
  });
}
