import ipaddr from "ipaddr.js";

import { planCatalogues } from "../../components/node-pools/catalogues";
import { isMap, type Checker } from "./check-schema";
import { joinedCluster, ownCluster } from "./schema/cluster";
import { judgeVersion } from "./kubernetes-versions";
import type { Cloud, ClusterConfig, ControlPlaneAcl, EnvironmentTier, OwnClusterConfig } from "./stack-config";

const root = "holdfast:cluster";

/** The cluster section, whole, or undefined where it has mistakes. `tier` and `cloud` are undefined where they are mistakes. */
export function resolveCluster(
  checker: Checker,
  value: unknown,
  environment: string,
  tier: EnvironmentTier | undefined,
  cloud: Cloud | undefined,
): ClusterConfig | undefined {
  if (isMap(value) && "join" in value) return resolveJoined(checker, value, environment, tier);
  const checked = checker.check(ownCluster, value, root);
  // Of a section with mistakes, what is sound is still compared; it is not handed on, since the report ends the run.
  const input = checked.ok ? checked.value : { kubernetesVersion: "", members: [], ...checked.sound };
  const { kubernetesVersion, highAvailability, controlPlaneAcl, members } = input;
  const cluster: OwnClusterConfig = {
    kind: "own",
    kubernetesVersion,
    highAvailability: highAvailability ?? tier === "production",
    controlPlaneAcl,
    members,
  };
  for (const [i, member] of members.entries()) {
    if (member === environment)
      checker.add(`${root}.members[${i}]`, member, "This is the stack itself, which owns it.");
    else if (members.indexOf(member) < i) checker.add(`${root}.members[${i}]`, member, "It is listed twice.");
  }
  if (cloud !== undefined) checkOffered(checker, cluster, cloud);
  if (tier === "production") checkProduction(checker, cluster, checked.ok || "controlPlaneAcl" in checked.sound);
  return cluster;
}

function resolveJoined(
  checker: Checker,
  value: Readonly<Record<string, unknown>>,
  environment: string,
  tier: EnvironmentTier | undefined,
): ClusterConfig | undefined {
  const checked = checker.check(joinedCluster, value, root);
  const stack = checked.ok ? checked.value.join : checked.sound.join;
  if (stack === undefined) return undefined;
  if (stack === environment) {
    checker.add(`${root}.join`, stack, "A stack cannot join itself. Name the stack that owns the cluster.");
  }
  if (tier === "production") {
    checker.add(
      `${root}.join`,
      stack,
      "Production shares its control plane with nobody: give it a cluster of its own.",
    );
  }
  return { kind: "joined", stack };
}

/** What differs between the clouds' Kubernetes. */
function checkOffered(checker: Checker, { kubernetesVersion, controlPlaneAcl }: OwnClusterConfig, cloud: Cloud): void {
  if (kubernetesVersion !== "") {
    checker.judge(`${root}.kubernetesVersion`, kubernetesVersion, judgeVersion(kubernetesVersion, cloud));
  }
  if (cloud === "linode") return;
  for (const [i, range] of (controlPlaneAcl?.ipv6 ?? []).entries()) {
    const { product } = planCatalogues[cloud];
    checker.add(`${root}.controlPlaneAcl.ipv6[${i}]`, range, `${product} takes IPv4 ranges only. List it under ipv4.`);
  }
}

/** What production must have: a control plane that survives a failure, and that not everyone can reach. */
function checkProduction(checker: Checker, cluster: OwnClusterConfig, aclIsSound: boolean): void {
  if (!cluster.highAvailability) {
    checker.add(
      `${root}.highAvailability`,
      "false",
      "Production needs a replicated control plane: true, or leave it out.",
    );
  }
  if (!aclIsSound) return;
  const acl: ControlPlaneAcl = cluster.controlPlaneAcl ?? { ipv4: [], ipv6: [] };
  if (acl.ipv4.length + acl.ipv6.length === 0) {
    checker.add(
      `${root}.controlPlaneAcl`,
      cluster.controlPlaneAcl === undefined ? "missing" : "no ranges",
      "Production closes the Kubernetes API: list who may reach it, as ipv4: [203.0.113.0/24].",
    );
  }
  for (const family of ["ipv4", "ipv6"] as const) {
    for (const [i, range] of acl[family].entries()) {
      if (ipaddr.parseCIDR(range)[1] > 0) continue;
      checker.add(
        `${root}.controlPlaneAcl.${family}[${i}]`,
        range,
        "This is everyone. Production closes the Kubernetes API.",
      );
    }
  }
}
