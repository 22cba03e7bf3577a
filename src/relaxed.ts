/** Brings the core that `precision: 'relaxed'` computes with: `import "lanewise/relaxed"`. The default entry has it. */

import { relaxed } from "./wasm/binaries/relaxed.js";
import { provideCore } from "./wasm/instantiate.js";

provideCore("relaxed", relaxed);
