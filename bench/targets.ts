/** A figure that is to stay below a limit. */
export interface Target {
  readonly name: string;
  readonly limit: number;
  readonly found: number;
}

/** A figure that isn't a number was not measured, and so is not met. */
export const isMet = ({ found, limit }: Target): boolean => found <= limit;

/** `1.12 ✓ (at most 1.15)` */
export const verdict = (target: Target): string =>
  `${target.found.toFixed(2)} ${isMet(target) ? "✓" : "✗"} (at most ${target.limit})`;
