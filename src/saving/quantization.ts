/** Weights in fewer bits, as TensorFlow.js's converter writes them: float16, or value = scale · integer + min. */
export interface Quantization {
  /** Bytes per value. */
  readonly itemSize: 1 | 2;
  /** Absent for float16. */
  readonly scale?: number;
  readonly min?: number;
}

export function dequantize(bytes: Uint8Array, { itemSize, scale, min = 0 }: Quantization): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / itemSize }, (_, index) => {
    const stored = itemSize === 1 ? view.getUint8(index) : view.getUint16(index * 2, true);
    return scale === undefined ? fromHalf(stored) : stored * scale + min;
  });
}

/** The value of a float16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
