import { activation } from "./activation.js";
import { dense } from "./dense.js";
import { alphaDropout, dropout } from "./dropout.js";
import { flatten } from "./flatten.js";
import { rescaling } from "./rescaling.js";

/** Every layer by its name. */
export const layers = { activation, alphaDropout, dense, dropout, flatten, rescaling } as const;

export type { Layer } from "./layer.js";
