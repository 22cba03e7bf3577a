/** A process of its own for the determinism test: trains with the seed that it is given and prints the weights' sha256. */
import { trainDigits } from "./train-digits.js";

console.log(await trainDigits(Number(process.argv[2])));
