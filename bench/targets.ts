/** A figure that is to stay below a limit. */
export interface Target {
  readonly name: string;
  readonly limit: number;
  readonly found: number;
}

/** A figure that isn't a number was not measured, and so is not met. */
export const isMet = ({ found, limit }: Target): boolean => found <= limit;

/** `1.124 ✓ (at most 1.15)`: one digit more than the limit has, so that a near miss shows as one */
export const verdict = (target: Target): string =>
  `${target.found.toFixed(3)} ${isMet(target) ? "✓" : "✗"} (at most ${target.limit})`;
