/** A share of 1 in percent, without the last digits that binary fractions add: 99.95 of 0.9995. */
export function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}
