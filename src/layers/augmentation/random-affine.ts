import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { affineLayer } from "./affine.js";
import {
  augmentationOptions,
  type Factor,
  type Range,
  RESAMPLING_NAMES,
  type ResamplingOptions,
  spreadFactor,
  toSave,
} from "./options.js";

export interface RandomAffineOptions extends ResamplingOptions {
  /** How far it turns counter-clockwise, as a share of a full turn. Default: 0. */
  readonly rotation?: Factor;
  /** How much more than the image is to be seen, as a share of it; less, so that it grows, when negative. Default: 0. */
  readonly zoom?: Factor;
  /** How much more of its width than of its height is to be seen, as a share. Default: 0. */
  readonly stretch?: Factor;
  /** How far to the left each row goes, as a share of its distance below the middle. Default: 0. */
  readonly shear?: Factor;
  /** How far down it moves, as a share of the height. Default: 0. */
  readonly heightFactor?: Factor;
  /** How far to the right it moves, as a share of the width. Default: 0. */
  readonly widthFactor?: Factor;
}

const where = "randomAffine";
const own = ["rotation", "zoom", "stretch", "shear", "heightFactor", "widthFactor"] as const;

/**
 * In training, turns, zooms, shears and moves each image at random about its middle, all at once: each layer that makes an
 * image anew blurs it a little, and this one does it only once (torchvision's RandomAffine; not in Keras). A number f in
 * [-1, 1] draws from [-f, f], a pair of such from between the two. In prediction it does nothing. Samples are images, and
 * their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomAffine(options: RandomAffineOptions = {}): Layer {
  const common = augmentationOptions(options, [...own, ...RESAMPLING_NAMES], where);
  const range = (name: (typeof own)[number], middle: number): Range => {
    const [lower, upper] = spreadFactor(options[name] ?? 0, `${where}: ${name}`);
    return [middle + lower, middle + upper];
  };
  const { rotation = 0, zoom = 0, stretch = 0, shear = 0, heightFactor = 0, widthFactor = 0 } = options;
  return affineLayer({
    className: "RandomAffine",
    where,
    options,
    ...common,
    config: {
      rotation: toSave(rotation),
      zoom: toSave(zoom),
      stretch: toSave(stretch),
      shear: toSave(shear),
      height_factor: toSave(heightFactor),
      width_factor: toSave(widthFactor),
    },
    draws: own.map((name) => range(name, name === "zoom" || name === "stretch" ? 1 : 0)),
    matrices: (kernels, matrices, draws, rows, shape) =>
      augmentationKernels(kernels).affineMatrices(matrices, draws, rows, shape.height, shape.width),
  });
}
