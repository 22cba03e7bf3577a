import { activation } from "./activation.js";
import { activityRegularization } from "./activity-regularization.js";
import { randomBrightness } from "./augmentation/random-brightness.js";
import { randomContrast } from "./augmentation/random-contrast.js";
import { randomElasticTransform } from "./augmentation/random-elastic-transform.js";
import { randomErasing } from "./augmentation/random-erasing.js";
import { randomRotation } from "./augmentation/random-rotation.js";
import { randomShear } from "./augmentation/random-shear.js";
import { randomTranslation } from "./augmentation/random-translation.js";
import { randomZoom } from "./augmentation/random-zoom.js";
import { batchNormalization } from "./batch-normalization.js";
import { categoryEncoding } from "./category-encoding.js";
import { dense } from "./dense.js";
import { alphaDropout, dropout } from "./dropout.js";
import { elu } from "./elu.js";
import { flatten } from "./flatten.js";
import { gaussianDropout, gaussianNoise } from "./gaussian.js";
import { inputLayer } from "./input-layer.js";
import { layerNormalization } from "./layer-normalization.js";
import { leakyReLU } from "./leaky-relu.js";
import { normalization } from "./normalization.js";
import { prelu } from "./prelu.js";
import { reLU } from "./relu.js";
import { rescaling } from "./rescaling.js";
import { reshape } from "./reshape.js";
import { rmsNormalization } from "./rms-normalization.js";
import { softmax } from "./softmax.js";
import { unitNormalization } from "./unit-normalization.js";

/** Every layer by its name. */
export const layers = {
  activation,
  activityRegularization,
  alphaDropout,
  batchNormalization,
  categoryEncoding,
  dense,
  dropout,
  elu,
  flatten,
  gaussianDropout,
  gaussianNoise,
  inputLayer,
  layerNormalization,
  leakyReLU,
  normalization,
  prelu,
  randomBrightness,
  randomContrast,
  randomElasticTransform,
  randomErasing,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  reLU,
  rescaling,
  reshape,
  rmsNormalization,
  softmax,
  unitNormalization,
} as const;

export type { Layer } from "./layer.js";
