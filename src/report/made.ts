import type { Step } from "../rehearsal/engine/outcome";

/** What was made in one layer: how many of each kind, most first. */
export interface LayerCount {
  readonly layer: string;
  readonly total: number;
  readonly kinds: readonly (readonly [kind: string, count: number])[];
}

/** Counts resources by the layer that they lie in and by kind. Components and providers are not made anywhere, so they don't count. */
export const countByLayer = (steps: readonly Step[]): readonly LayerCount[] => {
  const layers = new Map<string, Map<string, number>>();
  for (const { urn, type } of steps) {
    if (type.startsWith("pulumi:") || type.startsWith("holdfast:")) continue;
    const layer = layerOf(urn);
    const kinds = layers.get(layer) ?? new Map<string, number>();
    kinds.set(kindOf(type), (kinds.get(kindOf(type)) ?? 0) + 1);
    layers.set(layer, kinds);
  }
  return [...layers].map(([layer, kinds]) => ({
    layer,
    total: [...kinds.values()].reduce((sum, count) => sum + count, 0),
    kinds: [...kinds].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)),
  }));
};

/** `holdfast:layer:Foundation` stands in the URN of everything below it, which names its parents' types. */
const layerOf = (urn: string): string => /holdfast:layer:(\w+)/.exec(urn)?.[1] ?? "stack";

/** The last part of a type token: `Deployment` of `kubernetes:apps/v1:Deployment`. */
const kindOf = (type: string): string => type.slice(type.lastIndexOf(":") + 1);
