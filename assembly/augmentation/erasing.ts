/**
 * Erases a rectangle of each image where draws[5] < draws[4], filling it from `fills` (Zhong et al. 2020):
 *
 *     its width √draws[0] · width, from draws[2] · (width - its width) on; its height likewise, of draws[1] and draws[3]
 *
 * Images are f32[height, width, channels], changed in place, `stride` apart; fills likewise, `fillStride` apart, which may
 * be 0. draws: f32[rows, 8].
 */
export function eraseRectangles(
  y: usize,
  fills: usize,
  draws: usize,
  stride: i32,
  fillStride: i32,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixelBytes = (<usize>channels) << 2;
  for (; rows > 0; rows--, y += (<usize>stride) << 2, fills += (<usize>fillStride) << 2, draws += 32) {
    if (!(load<f32>(draws, 20) < load<f32>(draws, 16))) continue;
    const across = sqrt<f32>(load<f32>(draws)) * <f32>width;
    const down = sqrt<f32>(load<f32>(draws, 4)) * <f32>height;
    const left = load<f32>(draws, 8) * (<f32>width - across);
    const top = load<f32>(draws, 12) * (<f32>height - down);
    // A pixel belongs to it when its index is in [left, left + across)
    const first = clamped(left, width);
    const bytes = <usize>(clamped(left + across, width) - first) * pixelBytes;
    const last = clamped(top + down, height);
    for (let row = clamped(top, height); row < last; row++) {
      const at = <usize>(row * width + first) * pixelBytes;
      memory.copy(y + at, fills + at, bytes);
    }
  }
}

/** The first index that is not below x, within [0, size]. */
function clamped(x: f32, size: i32): i32 {
  return min(max(<i32>ceil<f32>(x), 0), size);
}
