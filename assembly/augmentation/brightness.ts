/** y[i,j] = x[i,j] + draws[i] · range. Rows are `stride` apart, draws 4. y may alias x. */
export function adjustBrightness(
  y: usize,
  x: usize,
  draws: usize,
  stride: i32,
  rows: i32,
  width: i32,
  range: f32,
): void {
  const rowBytes = (<usize>stride) << 2;
  for (; rows > 0; rows--, y += rowBytes, x += rowBytes, draws += 16) {
    const delta = f32x4.splat(load<f32>(draws) * range);
    for (let at: usize = 0; at < (<usize>width) << 2; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(x + at), delta));
    }
  }
}
