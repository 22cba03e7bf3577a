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
import { flatten } from "./flatten.js";
import { gaussianDropout, gaussianNoise } from "./gaussian.js";
import { inputLayer } from "./input-layer.js";
import { layerNormalization } from "./layer-normalization.js";
import { normalization } from "./normalization.js";
import { rescaling } from "./rescaling.js";
import { reshape } from "./reshape.js";
import { rmsNormalization } from "./rms-normalization.js";
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
  flatten,
  gaussianDropout,
  gaussianNoise,
  inputLayer,
  layerNormalization,
  normalization,
  randomBrightness,
  randomContrast,
  randomElasticTransform,
  randomErasing,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  rescaling,
  reshape,
  rmsNormalization,
  unitNormalization,
} as const;

export type { Layer } from "./layer.js";
