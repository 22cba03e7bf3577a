import { columnSums } from "../rows";

/**
 * y = (x - mean) · draws[i] + mean, mean that of a channel of image i: the sum of its pixels in order, divided by their
 * number.
 *
 * Images are f32[pixels, channels], `stride` apart; draws lie 4 apart. y may alias x. scratch: f32[pixels · channels], and
 * as many more as there are channels, both rounded up to a multiple of 4.
 */
export function adjustContrast(
  y: usize,
  x: usize,
  draws: usize,
  stride: i32,
  rows: i32,
  pixels: i32,
  channels: i32,
  scratch: usize,
): void {
  const count = f32x4.splat(<f32>pixels);
  const rowBytes = (<usize>stride) << 2;
  const imageBytes = (<usize>(pixels * channels)) << 2;
  const channelBytes = (<usize>channels) << 2;
  const means = scratch + ((imageBytes + 15) & ~15);
  for (; rows > 0; rows--, y += rowBytes, x += rowBytes, draws += 16) {
    columnSums(means, x, channels, pixels, (channels + 3) & ~3);
    for (let at: usize = 0; at < channelBytes; at += 16) {
      v128.store(means + at, f32x4.div(v128.load(means + at), count));
    }
    // The mean of each value's channel beside it
    for (let pixel: usize = 0; pixel < imageBytes; pixel += channelBytes) {
      for (let at: usize = 0; at < channelBytes; at += 4) store<f32>(scratch + pixel + at, load<f32>(means + at));
    }
    const factor = v128.load32_splat(draws);
    for (let at: usize = 0; at < imageBytes; at += 16) {
      const mean = v128.load(scratch + at);
      v128.store(y + at, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + at), mean), factor), mean));
    }
  }
}
