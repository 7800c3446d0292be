/** Lines (counted from 1) by the place of what stands in them. */
export type PlaceLines = Map<string, number>;

/** A place as a key of `PlaceLines`. */
export function placeKey(place: readonly string[]): string {
  return place.join('\0');
}

/** The line of a place, or of the nearest around it; 1 for the whole. */
export function lineOfPlace(lines: ReadonlyMap<string, number>, place: readonly string[]): number {
  for (let length = place.length; length > 0; length--) {
    const line = lines.get(placeKey(place.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}
