/** All parts, one behind the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * CRC-32 (ISO 3309; that of gzip and PNG), as eight hexadecimal digits. It finds every change within 32 neighbouring bits
 * for certain, and any other but for one in 2^32.
 */
export function crc32(bytes: Uint8Array): string {
  table ??= makeTable();
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] as number);
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

/** Made when first needed: at import it would take a millisecond of every program's start. */
let table: Int32Array | undefined;

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    return crc;
  });
}
