import { describe, expect, it } from "vitest";

import { Faults, type FaultRule } from "../../../src/rehearsal/providers/faults";

const { signal } = new AbortController();

/** For each call, in order: "ok", or the fault that it met; and how often the cloud was reached. */
const play = async (rules: readonly FaultRule[], types: readonly string[], seed = 1) => {
  const faults = new Faults({ seed, rules });
  let reached = 0;
  const outcomes: string[] = [];
  for (const [index, type] of types.entries()) {
    const run = faults.around({ call: "create", type, urn: `urn:${index}` }, signal, () => ++reached);
    outcomes.push(
      await run.then(
        () => "ok",
        (error: unknown) => String(error).replace(/^.*create: (\w+).*$/, "$1"),
      ),
    );
  }
  return { outcomes, reached };
};

describe("faults", () => {
  it("hit the n-th matching call only, before it takes effect", async () => {
    const rules: FaultRule[] = [{ call: "create", type: "b", nth: 2, error: "down" }];
    expect(await play(rules, ["b", "a", "b", "b"])).toEqual({ outcomes: ["ok", "ok", "down", "ok"], reached: 3 });
  });

  it("hit after the effect where they are told to", async () => {
    const rules: FaultRule[] = [{ call: "create", error: "lost", effect: "after" }];
    expect(await play(rules, ["a", "a"])).toEqual({ outcomes: ["lost", "lost"], reached: 2 });
  });

  it("leave other calls alone", async () => {
    expect(await play([{ call: "update", error: "down" }], ["a"])).toEqual({ outcomes: ["ok"], reached: 1 });
  });

  it("are drawn by seed and resource, at about their probability", async () => {
    const rules: FaultRule[] = [{ call: "create", probability: 0.3, error: "down" }];
    const types = Array.from({ length: 400 }, () => "a");
    const first = await play(rules, types, 5);
    expect(await play(rules, types, 5)).toEqual(first);
    expect((await play(rules, types, 6)).outcomes).not.toEqual(first.outcomes);
    expect(first.reached).toBeGreaterThan(240);
    expect(first.reached).toBeLessThan(320);
  });

  it("end their waiting when the call is cancelled", async () => {
    const abort = new AbortController();
    const faults = new Faults({ seed: 1, rules: [{ call: "create", latencyMs: 3_600_000 }] });
    const waiting = faults.around({ call: "create", type: "a", urn: "urn" }, abort.signal, () => "done");
    abort.abort();
    await expect(waiting).rejects.toThrow("aborted");
  });
});
