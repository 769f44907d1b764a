import { previewThenUp } from "../../src/rehearsal/engine/gate";
import { simulated } from "./rehearsal";

/* A run to be killed: brings development up in the folder it is given, each creation slow enough to be caught in one. */
const root = process.argv[2];
if (root === undefined) throw new Error("usage: rehearse-child.ts <folder>");
void (async () => {
  const rehearsal = await simulated({
    root,
    stateAtEveryStep: true,
    faults: { seed: 1, rules: [{ call: "create", latencyMs: 100, effect: "after" }] },
  });
  const stack = await rehearsal.openStack("development");
  await previewThenUp(stack, { places: rehearsal.places, policyPacks: rehearsal.policyPacks });
})();
