/** Every place in a JSON value, as the keys that lead to it. */
export function* placesOf(value: unknown, place: readonly string[] = []): Generator<readonly string[]> {
  if (place.length > 0) yield place;
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* placesOf(member, [...place, key]);
}
