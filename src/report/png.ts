/** Small grey images as PNG, without compression: for images of a kilobyte it is not worth a library. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The most bytes of a block that is stored as it is (RFC 1951). */
const LONGEST_BLOCK = 0xffff;

/** @param pixels Bytes, row by row. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  // Each row begins with its filter: none
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  // 8 bits, grey
  const header = [...word(width), ...word(height), 8, 0, 0, 0, 0];
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk("IHDR", header),
    ...chunk("IDAT", deflate(rows)),
    ...chunk("IEND", []),
  ]);
}

export function toDataUri(png: Uint8Array): string {
  return `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
}

/** zlib's format (RFC 1950) around blocks that are stored. */
function deflate(bytes: Uint8Array): number[] {
  const out = [0x78, 0x01];
  for (let start = 0; start < bytes.length; start += LONGEST_BLOCK) {
    const block = bytes.subarray(start, start + LONGEST_BLOCK);
    const isLast = start + LONGEST_BLOCK >= bytes.length;
    const { length } = block;
    out.push(Number(isLast), length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff, ...block);
  }
  return [...out, ...word(adler32(bytes))];
}

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...new TextEncoder().encode(type), ...data];
  return [...word(data.length), ...body, ...word(crc32(body))];
}

function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
