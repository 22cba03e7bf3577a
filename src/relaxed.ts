/** Brings the core that `precision: 'relaxed'` computes with: `import "lanewise/relaxed"`. The default entry has it. */
import { provideCore } from "./wasm/instantiate.js";
import { relaxed } from "./wasm/relaxed.js";

provideCore("relaxed", relaxed);
