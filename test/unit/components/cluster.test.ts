import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { JoinedCluster } from "../../../components/cluster";
import { LkeCluster, type LkeClusterArgs } from "../../../components/cluster/lke-cluster";
import { missingOutput, notAMember } from "../../../components/cluster/joined-cluster";
import { nestedAndSeparate, type NodePools } from "../../../components/node-pools";
import { LkeNodePools } from "../../../components/node-pools/lke-node-pools";
import { only, record } from "./recorder";

const lke = "linode:index/lkeCluster:LkeCluster";
const lkePool = "linode:index/lkeNodePool:LkeNodePool";
const kubernetes = "pulumi:providers:kubernetes";

const pools = {
  zeta: { plan: "g6-standard-4", count: 1 },
  baseline: { plan: "g6-standard-8", count: 3, autoscaling: { min: 3, max: 10 } },
  gpu: { plan: "g3-gpu-rtxpro6000-blackwell-1", count: 2, purpose: "inference" },
} satisfies NodePools;
const args: LkeClusterArgs = {
  environment: "test",
  region: "fr-par",
  kubernetesVersion: "1.35",
  nodePools: pools,
};
const own = (changes: Partial<LkeClusterArgs> = {}) =>
  record(() => new LkeCluster("cluster", { ...args, ...changes }, { providers: [new linode.Provider("linode")] }));

describe("an LKE cluster", () => {
  it("lists its own tag and every member's, so that no update deletes their pools", async () => {
    const recording = await own({ members: ["staging"] });
    const { externalPoolTags } = only(recording, lke).inputs;
    expect(externalPoolTags).toEqual(["holdfast-test", "holdfast-staging"]);
    for (const pool of ["cluster-zeta", "cluster-gpu"]) {
      expect(externalPoolTags).toEqual(
        expect.arrayContaining(only(recording, lkePool, pool).inputs["tags"] as string[]),
      );
    }
  });

  it("leaves the count of an autoscaled nested pool to the autoscaler, and keeps a manual one", async () => {
    expect(only(await own(), lke).ignoreChanges).toEqual(["pools[0].count"]);
    const manual = await own({ nodePools: { baseline: { plan: "g6-standard-8", count: 3 } } });
    expect(only(manual, lke).ignoreChanges).toEqual([]);
  });

  it("has a replicated control plane that denies all but the listed, where there is a list", async () => {
    const recording = await own({ controlPlaneAcl: { ipv4: ["192.0.2.0/24"], ipv6: [] } });
    expect(only(recording, lke).inputs["controlPlane"]).toEqual({
      highAvailability: true,
      acl: { enabled: true, addresses: [{ ipv4s: ["192.0.2.0/24"], ipv6s: [] }] },
    });
  });

  it("is told apart by its id, so that a renewed kubeconfig replaces nothing", async () => {
    expect(only(await own(), kubernetes).inputs["clusterIdentifier"]).toBe("4242");
  });

  it("lets objects of an unreachable cluster be forgotten only where it isn't durable", async () => {
    expect(only(await own(), kubernetes).inputs["deleteUnreachable"]).toBe("false");
    expect(only(await own({ durable: false }), kubernetes).inputs["deleteUnreachable"]).toBe("true");
    const unprotected = only(await own({ durable: false }), lke);
    expect([unprotected.protect, unprotected.retainOnDelete]).toEqual([false, false]);
  });

  it("needs a general pool", () => {
    expect(() => nestedAndSeparate({ gpu: { plan: "p", count: 1, purpose: "inference" } })).toThrow(
      "nodePools: a cluster needs at least one pool of purpose general; found gpu.",
    );
  });

  it("nests the same pool in whichever order they are written", () => {
    const reversed = Object.fromEntries(Object.entries(pools).reverse());
    expect(nestedAndSeparate(pools).nested[0]).toBe("baseline");
    expect(nestedAndSeparate(reversed).nested[0]).toBe("baseline");
    const others: NodePools = { zeta: { plan: "p", count: 1 }, gpu: pools.gpu, alpha: { plan: "p", count: 1 } };
    expect(nestedAndSeparate(others).nested[0]).toBe("alpha");
    expect(Object.keys(nestedAndSeparate(others).separate).sort()).toEqual(["gpu", "zeta"]);
  });
});

describe("node pools", () => {
  const make = () =>
    record(
      () =>
        new LkeNodePools(
          "p",
          { clusterId: "7", environment: "staging", pools },
          { providers: [new linode.Provider("linode")] },
        ),
    );

  it("keep everything but GPU work off the inference nodes", async () => {
    const { labels, taints } = only(await make(), lkePool, "p-gpu").inputs;
    expect(labels).toEqual({
      "holdfast.dev/environment": "staging",
      "holdfast.dev/pool": "gpu",
      "holdfast.dev/purpose": "inference",
    });
    expect(taints).toEqual([{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }]);
    expect(only(await make(), lkePool, "p-zeta").inputs["taints"]).toEqual([]);
  });

  it("leave an autoscaled count to the autoscaler", async () => {
    expect(only(await make(), lkePool, "p-baseline").ignoreChanges).toEqual(["nodeCount"]);
    expect(only(await make(), lkePool, "p-zeta").ignoreChanges).toEqual([]);
  });
});

describe("a joined cluster", () => {
  const ownerStack = "organization/holdfast/development";

  it("is reached with the owner's kubeconfig and told apart by the owner's id", async () => {
    const outputs = { clusterId: "7", joining: {}, kubeconfig: "kind: Config", members: ["staging"] };
    const args = { ownerStack, environment: "staging" };
    const recording = await record(() => new JoinedCluster("cluster", args), outputs);
    expect(only(recording, kubernetes).inputs["clusterIdentifier"]).toBe("7");
    expect(await pulumi.isSecret(recording.result.kubeconfig)).toBe(true);
  });

  it("says what to run where the owner isn't up", () => {
    expect(missingOutput(ownerStack, "kubeconfig", undefined)).toBe(
      'The cluster belongs to stack organization/holdfast/development, which has no output "kubeconfig". ' +
        "Bring it up first: pulumi up -s development",
    );
  });

  it("says what would be lost where the owner doesn't list the environment", () => {
    expect(notAMember(ownerStack, "staging")).toContain(
      "Add staging to holdfast:cluster.members in Pulumi.development.yaml, then: pulumi up -s development",
    );
  });

  it("doesn't repeat what it found", () => {
    expect(missingOutput(ownerStack, "kubeconfig", { token: "plain" })).not.toContain("plain");
  });
});
