/** Counting hits over a batch. */

/** How many rows have their largest element (the first of equals) at the same place in p and y. */
export function categoricalHits(p: usize, stride: i32, y: usize, yStride: i32, rows: i32, width: i32): i32 {
  let hits: i32 = 0;
  for (; rows > 0; rows--, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    hits += i32(indexOfLargest(p, width) === indexOfLargest(y, width));
  }
  return hits;
}

/** How many elements of p lie on the same side of the threshold as those of y: p > threshold equals y. */
export function binaryHits(p: usize, stride: i32, y: usize, yStride: i32, threshold: f32, rows: i32, width: i32): i32 {
  let hits: i32 = 0;
  for (; rows > 0; rows--, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    for (let j: usize = 0; j < <usize>width; j++) {
      hits += i32(f32(load<f32>(p + (j << 2)) > threshold) === load<f32>(y + (j << 2)));
    }
  }
  return hits;
}

function indexOfLargest(x: usize, width: i32): i32 {
  let index: i32 = 0;
  let largest = load<f32>(x);
  for (let j: i32 = 1; j < width; j++) {
    const value = load<f32>(x + ((<usize>j) << 2));
    if (value > largest) {
      largest = value;
      index = j;
    }
  }
  return index;
}
