import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** What goes wrong, and when; the same seed gives the same faults. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

export type FaultyCall = "check" | "diff" | "create" | "update" | "delete" | "read" | "invoke" | "configure";

/** One kind of fault. With neither `probability` nor `nth`, every matching call is hit. */
export interface FaultRule {
  /** The type token, or the function's; for configure the package. @default every one */
  readonly type?: string;
  readonly call: FaultyCall;
  /** From 0 to 1: the share of calls that are hit, drawn from the seed, the resource and how often it was tried. */
  readonly probability?: number;
  /** Only the n-th matching call, counted from 1. */
  readonly nth?: number;
  /** The call fails with this message. @default it doesn't fail */
  readonly error?: string;
  /** Milliseconds that the call takes longer, on the side of `effect`. @default 0 */
  readonly latencyMs?: number;
  /** Before anything happened in the cloud, or after it did. @default "before" */
  readonly effect?: "before" | "after";
}

export interface FaultSubject {
  readonly call: FaultyCall;
  readonly type: string;
  /** The resource's URN; what else tells one call from another where there is no resource. */
  readonly urn: string;
}

/** The fault that a plan told it to play. */
export class InjectedFault extends Error {}

/** Plays a fault plan over the calls of one run. */
export class Faults {
  private readonly matches = new Map<FaultRule, number>();
  private readonly tries = new Map<string, number>();

  constructor(private readonly plan: FaultPlan | undefined) {}

  /**
   * Runs the call with the faults that hit it.
   * @throws InjectedFault where one says so, or whatever the call throws
   */
  async around<T>(subject: FaultSubject, signal: AbortSignal, run: () => T | Promise<T>): Promise<T> {
    const hits = this.hits(subject);
    for (const rule of hits) if (rule.effect !== "after") await play(rule, subject, signal);
    const result = await run();
    for (const rule of hits) if (rule.effect === "after") await play(rule, subject, signal);
    return result;
  }

  private hits(subject: FaultSubject): FaultRule[] {
    const rules = this.plan?.rules.filter(
      ({ call, type }) => call === subject.call && (type === undefined || type === subject.type),
    );
    if (this.plan === undefined || rules === undefined || rules.length === 0) return [];
    const { seed } = this.plan;
    const tried = count(this.tries, `${subject.call} ${subject.urn}`);
    return rules.filter((rule) => {
      const match = count(this.matches, rule);
      if (rule.nth !== undefined && rule.nth !== match) return false;
      // Drawn by resource and try, not by order of arrival, which differs from run to run.
      return draw(seed, rule, subject, tried) < (rule.probability ?? 1);
    });
  }
}

const count = <K>(counts: Map<K, number>, key: K): number => {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
};

/** A number from 0 up to 1 that only these decide. */
const draw = (seed: number, rule: FaultRule, { urn }: FaultSubject, tried: number): number => {
  const bytes = createHash("sha256")
    .update(JSON.stringify([seed, rule, urn, tried]))
    .digest();
  return bytes.readUInt32BE() / 2 ** 32;
};

const play = async (rule: FaultRule, { call, type }: FaultSubject, signal: AbortSignal): Promise<void> => {
  if (rule.latencyMs !== undefined) await sleep(rule.latencyMs, undefined, { signal });
  if (rule.error !== undefined)
    throw new InjectedFault(`${type} ${call}: ${rule.error} (fault of the rehearsal's plan)`);
};
