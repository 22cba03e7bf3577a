/** `npm run bench`: plain JavaScript against WebAssembly, in under a minute. */
import { cpus } from "node:os";
import { benchMatmul } from "./matmul.js";
import { benchNetwork } from "./network.js";

console.log(`Node ${process.version}, ${cpus()[0]?.model.trim()}. Median (range); only the ratios are comparable.`);
await benchNetwork();
await benchMatmul();
