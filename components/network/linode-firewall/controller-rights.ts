import type { types } from "@pulumi/kubernetes";
import { cloudFirewallKind } from "./definition";

type Rule = types.input.rbac.v1.PolicyRule;

const { group, plural } = cloudFirewallKind;
const looking = ["get", "list", "watch"];

/**
 * In the whole cluster: to look. It needs one Secret, and asks for all, since its client keeps what it reads up to date by
 * watching the kind: at v0.2.1 nothing turns that off, and without the right it never starts.
 */
export const clusterRules: Rule[] = [
  { apiGroups: [""], resources: ["nodes", "secrets"], verbs: looking },
  { apiGroups: [group], resources: [plural], verbs: looking },
];

/**
 * In its own namespace: to keep the firewall's number and its finalizer. Not to make one: where it finds none it would make
 * its default, which lets anyone ping.
 */
export const ownRules: Rule[] = [
  { apiGroups: [group], resources: [plural, `${plural}/status`], verbs: ["update", "patch"] },
  { apiGroups: [group], resources: [`${plural}/finalizers`], verbs: ["update"] },
];
