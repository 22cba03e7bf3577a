/** Before every test file: the core for tests of single modules, which no entry of the package has provided with it. */
import "../../src/relaxed.js";
import { core } from "../../src/wasm/binaries/core.js";
import { provideCore } from "../../src/wasm/instantiate.js";

provideCore("exact", core);
