import { toSnakeCase } from "../../lookup.js";
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
/** What can be drawn, in the order of the kernel's draws, with what changes nothing. */
const neutral = { rotation: 0, zoom: 1, stretch: 1, shear: 0, heightFactor: 0, widthFactor: 0 } as const;
const own = /* @__PURE__ */ Object.keys(neutral) as (keyof typeof neutral)[];

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
  const draws = own.map((name): Range => {
    const [lower, upper] = spreadFactor(options[name] ?? 0, `${where}: ${name}`);
    return [neutral[name] + lower, neutral[name] + upper];
  });
  return affineLayer({
    className: "RandomAffine",
    where,
    options,
    ...common,
    config: Object.fromEntries(own.map((name) => [toSnakeCase(name), toSave(options[name] ?? 0)])),
    draws,
    matrices: (kernels, matrices, draws, rows, shape) =>
      augmentationKernels(kernels).affineMatrices(matrices, draws, rows, shape.height, shape.width),
  });
}
