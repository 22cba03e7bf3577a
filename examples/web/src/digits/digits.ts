/** Labelled images of digits. */
import { inflate } from "./inflate.js";

export interface Digits {
  /** For the visitor. */
  readonly name: string;
  /** [n, 28, 28], 0 to 255. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

const PIXELS = 784;

/** The 6,500 digits that come with the page: labels and images in one packed file. */
export async function fetchDigits(): Promise<Digits> {
  const bytes = await inflate(new URL("../../../../build/web-assets/digits.bin", import.meta.url));
  const count = bytes.byteLength / (PIXELS + 1);
  return {
    name: "MNIST",
    labels: new Uint8Array(bytes, 0, count),
    images: new Uint8Array(bytes, count),
  };
}

export function imageOf({ images }: Digits, index: number): Uint8Array {
  return images.subarray(index * PIXELS, (index + 1) * PIXELS);
}
