export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error("No values to take the median of.");
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

/** The slope between two points on logarithmic axes: 1 where the cost grows as the size does, 2 where as its square. */
export const growthExponent = (small: Point, large: Point): number =>
  Math.log(large.cost / small.cost) / Math.log(large.size / small.size);

export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The ratio of two things that were measured in turns: the median of the ratios of each turn, so that what slows the
 * machine down for a while slows both sides of a ratio.
 */
export const pairedRatio = (numerators: readonly number[], denominators: readonly number[]): number =>
  median(numerators.map((value, turn) => value / (denominators[turn] ?? Number.NaN)));
