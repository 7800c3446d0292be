/** The candidate that was probably meant by `word`: at most two letters away, or the same but for its end or its case. */
export function closestWord(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const scored = candidates.map((candidate) => ({ candidate, distance: distanceOf(lower, candidate.toLowerCase()) }));
  const [best, second] = scored.sort((a, b) => a.distance - b.distance);
  const isClear = best && best.distance !== second?.distance;
  if (isClear && best.distance <= Math.min(2, Math.floor(word.length / 3))) return best.candidate;
  return candidates.find((candidate) => candidate.length > 3 && lower.startsWith(candidate.toLowerCase()));
}

/** Letters to insert, drop or replace (Levenshtein). */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
