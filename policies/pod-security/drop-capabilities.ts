import type { Field } from "../core/field";
import type { Judge } from "../core/judge";
import { isDefaultCapability } from "./added-capabilities";
import { containerSecurityContexts, control, windowsPods } from "./standard";

/** `capabilities` of every container: ALL dropped, and at most NET_BIND_SERVICE added. */
export const requireDropAllCapabilities = control({
  name: "require-drop-all-capabilities",
  level: "restricted",
  title: "Containers drop all capabilities, and add back at most NET_BIND_SERVICE",
  why: "the container would keep powers that it does not need",
  severity: "high",
  fix: 'securityContext: { capabilities: { drop: ["ALL"] } }',
  exempt: windowsPods,
  judge: (pod, judge) => {
    for (const context of containerSecurityContexts(pod)) {
      judgeDropped(context.get("capabilities", "drop"), judge);
      for (const added of context.get("capabilities", "add").items()) {
        judge.allow(added, isLeftToBaseline, "none, or NET_BIND_SERVICE");
      }
    }
  },
});

const judgeDropped = (drop: Field, judge: Judge): void => {
  const dropped = drop.items();
  if (dropped.some(({ value }) => value === "ALL")) return;
  const unknown = dropped.find(({ isUnknown }) => isUnknown);
  if (unknown === undefined) judge.violation(drop, '["ALL"]');
  else judge.undecided(unknown);
};

/** What lies outside the default set, the baseline reports. */
const isLeftToBaseline = (capability: unknown): boolean =>
  capability === "NET_BIND_SERVICE" || !isDefaultCapability(capability);
