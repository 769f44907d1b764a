/** Plain data: it loads no SDK. @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export interface Taint {
  readonly key: string;
  /** @default none, which a toleration of the key with `Exists` matches */
  readonly value?: string | undefined;
  readonly effect: TaintEffect;
}

export const taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
export type TaintEffect = (typeof taintEffects)[number];
