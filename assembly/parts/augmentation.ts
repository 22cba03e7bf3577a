/** Layers that change images in training. */

export {
  affineMatrices,
  rotationMatrices,
  shearMatrices,
  translationMatrices,
  zoomMatrices,
} from "../augmentation/affine";
export { adjustBrightness } from "../augmentation/brightness";
export { adjustContrast } from "../augmentation/contrast";
export { elasticTransform } from "../augmentation/elastic";
export { eraseRectangles } from "../augmentation/erasing";
export { resampleAffine } from "../augmentation/resample";
export { randomUniformRows } from "../random";
