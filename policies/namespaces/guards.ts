import type { RuleFacts, StackFinding, StackRule } from "../core/rule";
import { mandatory } from "../core/rule";
import type { StackObject, StackView } from "../core/stack-view";

interface Guard {
  /** What a namespace needs, for example `ResourceQuota`. */
  readonly path: string;
  readonly wanted: string;
  /** Whether this object is such a guard; undefined where that is known only after the update. */
  readonly guards: (object: StackObject) => boolean | undefined;
}

/**
 * A rule that each namespace of a stack has a guard in it. What may be one, but is known only after the update, leaves
 * it undecided.
 */
export const requireInEveryNamespace = (
  facts: Pick<RuleFacts, "name" | "title" | "why" | "severity" | "fix" | "link">,
  needed: readonly Guard[],
): StackRule => ({
  ...facts,
  scope: "stack",
  group: "namespaces",
  enforcement: mandatory,
  judge: (stack) =>
    stack.namespaces.flatMap((namespace) => needed.flatMap((guard) => missing(stack, namespace, guard))),
});

const missing = (stack: StackView, namespace: StackObject, guard: Guard): readonly StackFinding[] => {
  let undecided = false;
  for (const object of stack.objects) {
    const guards = guard.guards(object);
    if (guards === false) continue;
    const inside = stack.liesIn(object, namespace);
    if (inside === false) continue;
    if (guards === true && inside === true) return [];
    undecided = true;
  }
  return [
    {
      kind: undecided ? "undecided" : "violation",
      urn: namespace.resource.urn,
      subject: `Namespace ${namespace.metadata.get("name").text ?? namespace.resource.name}`,
      path: guard.path,
      found: "none in this stack",
      wanted: guard.wanted,
    },
  ];
};
