import { activation } from "./activation.js";
import { randomBrightness } from "./augmentation/random-brightness.js";
import { randomContrast } from "./augmentation/random-contrast.js";
import { randomElasticTransform } from "./augmentation/random-elastic-transform.js";
import { randomErasing } from "./augmentation/random-erasing.js";
import { randomRotation } from "./augmentation/random-rotation.js";
import { randomShear } from "./augmentation/random-shear.js";
import { randomTranslation } from "./augmentation/random-translation.js";
import { randomZoom } from "./augmentation/random-zoom.js";
import { dense } from "./dense.js";
import { alphaDropout, dropout } from "./dropout.js";
import { flatten } from "./flatten.js";
import { rescaling } from "./rescaling.js";

/** Every layer by its name. */
export const layers = {
  activation,
  alphaDropout,
  dense,
  dropout,
  flatten,
  randomBrightness,
  randomContrast,
  randomElasticTransform,
  randomErasing,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  rescaling,
} as const;

export type { Layer } from "./layer.js";
