import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eksMaxPods } from "../../../components/node-pools/eks-addresses";
import { awsCatalogue } from "../../../components/node-pools/aws-plans";
import { scaling } from "../../../components/node-pools/eks-nodes";
import { controllerPolicies, unscoped } from "../../../components/node-pools/karpenter/controller-policies";
import { growingPools, karpenterNodes, managedNodes, replicas } from "../../../components/node-pools/karpenter/growth";
import { karpenterHome } from "../../../components/node-pools/karpenter/home";
import { karpenterNetwork } from "../../../components/node-pools/karpenter/installation";
import { interruptions, queuePolicy } from "../../../components/node-pools/karpenter/interruptions";
import { nodeClassSpec, nodePoolSpec, objectName } from "../../../components/node-pools/karpenter/objects";
import type { NodePoolArgs } from "../../../components/node-pools";
import { eventRuleName, iamRoleName, queueName } from "../../../components/shared/aws-names";

const plan = "m7i.2xlarge";
const growing: NodePoolArgs = { plan, count: 3, autoscaling: { min: 3, max: 10 } };
const fixed: NodePoolArgs = { plan, count: 2 };
const gpu: NodePoolArgs = {
  plan: "g7e.4xlarge",
  count: 0,
  autoscaling: { min: 0, max: 4 },
  purpose: "inference",
  spot: true,
  zones: ["eu-west-3a"],
  taints: [{ key: "team", effect: "NoExecute" }],
};
const of = { environment: "test", pool: "gpu" };
const label = fc.stringMatching(/^[a-z](?:[-a-z0-9]{0,18}[a-z0-9])?$/);

describe("a pool on AWS", () => {
  it("has its minimum in a managed group and the rest from Karpenter, together its maximum", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(20), (min, extra, start) => {
        const pool = { plan, count: min + Math.min(start, extra), autoscaling: { min, max: min + extra } };
        expect(managedNodes(pool)).toBe(min);
        expect(managedNodes(pool) + karpenterNodes(pool)).toBe(min + extra);
        expect(scaling(pool)).toEqual({ desiredSize: min, minSize: min, maxSize: Math.max(1, min) });
      }),
    );
  });

  it("is left to its managed group where it can't grow", () => {
    const full = { plan, count: 4, autoscaling: { min: 4, max: 4 } };
    expect(growingPools({ growing, fixed, full }).map(([name]) => name)).toEqual(["growing"]);
    expect([managedNodes(fixed), karpenterNodes(fixed)]).toEqual([2, 0]);
  });

  it("is held to as many nodes as it may grow by, of its own plan, labels, taints and zones", () => {
    const spec = nodePoolSpec(of, gpu);
    expect(spec.limits).toEqual({ nodes: "4" });
    expect(nodePoolSpec(of, growing).limits).toEqual({ nodes: "7" });
    const { metadata, spec: template } = spec.template;
    expect(metadata.labels).toMatchObject({ "holdfast.dev/environment": "test", "holdfast.dev/purpose": "inference" });
    // The definition refuses an empty value.
    expect(template.taints).toEqual([
      { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" },
      { key: "team", effect: "NoExecute" },
    ]);
    expect(Object.fromEntries(template.requirements.map(({ key, values }) => [key, values]))).toEqual({
      "node.kubernetes.io/instance-type": ["g7e.4xlarge"],
      "karpenter.sh/capacity-type": ["spot"],
      "kubernetes.io/arch": ["amd64"],
      "kubernetes.io/os": ["linux"],
      "topology.kubernetes.io/zone": ["eu-west-3a"],
    });
    expect(template.expireAfter).toBe("Never");
  });

  it("gives back idle nodes one at a time, and those with a model only when they are empty", () => {
    const disruption = { consolidateAfter: "5m", budgets: [{ nodes: "1" }] };
    expect(nodePoolSpec(of, gpu).disruption).toEqual({ ...disruption, consolidationPolicy: "WhenEmpty" });
    expect(nodePoolSpec(of, growing).disruption).toEqual({
      ...disruption,
      consolidationPolicy: "WhenEmptyOrUnderutilized",
    });
  });

  it("stays on demand unless it is asked to be spot", () => {
    expect(nodePoolSpec(of, growing).template.spec.requirements).toContainEqual({
      key: "karpenter.sh/capacity-type",
      operator: "In",
      values: ["on-demand"],
    });
  });

  it("grows by nodes like those of its managed group", () => {
    const place = { nodeProfile: "profile", subnetIds: ["subnet-1", "subnet-2"], securityGroupId: "sg-1" };
    const general = nodeClassSpec(of, growing, place);
    const inference = nodeClassSpec(of, { ...gpu, diskGiB: 250 }, place);
    expect(general).toMatchObject({
      instanceProfile: "profile",
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1, httpProtocolIPv6: "disabled" },
      kubelet: { maxPods: eksMaxPods(awsCatalogue.plans[plan] ?? expect.fail("no such plan")) },
    });
    expect([general.amiSelectorTerms, inference.amiSelectorTerms]).toEqual([
      [{ alias: "al2023@latest" }],
      [{ alias: "bottlerocket@latest" }],
    ]);
    const disks = [...general.blockDeviceMappings, ...inference.blockDeviceMappings];
    expect(disks.map(({ ebs }) => [ebs.volumeSize, ebs.encrypted])).toEqual([
      ["100Gi", true],
      ["4Gi", true],
      ["250Gi", true],
    ]);
  });

  it("meets no other environment's in the cluster that they share", () => {
    fc.assert(
      fc.property(label, label, label, label, (environment, pool, otherEnvironment, otherPool) => {
        const name = objectName({ environment, pool });
        expect(name).toMatch(/^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/);
        const same = environment === otherEnvironment && pool === otherPool;
        expect(name === objectName({ environment: otherEnvironment, pool: otherPool })).toBe(same);
      }),
    );
  });
});

describe("Karpenter's own nodes", () => {
  it("are those of a general pool that keeps one for each replica", () => {
    expect(karpenterHome({ gpu, work: fixed, baseline: growing })).toMatchObject({ pool: "baseline" });
    expect(karpenterHome({ gpu, work: fixed })).toEqual({ pool: "work", pools: { gpu, work: fixed } });
    // The baseline before others that would come first by name, and one that only prefers to be left alone.
    expect(karpenterHome({ archive: fixed, baseline: growing })).toMatchObject({ pool: "baseline" });
    const shy = { ...fixed, taints: [{ key: "slow", effect: "PreferNoSchedule" as const }] };
    expect(karpenterHome({ shy })).toEqual({ pool: "shy", pools: { shy } });
  });

  it.each([
    ["keeps too few", { ...growing, autoscaling: { min: 1, max: 10 } }],
    ["AWS may take back", { ...fixed, spot: true }],
    ["keeps pods off", { ...fixed, taints: [{ key: "team", effect: "NoSchedule" as const }] }],
    ["is for GPUs", { ...fixed, purpose: "inference" as const }],
  ])("are none of a pool that %s, but two small ones that keep services off", (_which, pool) => {
    const home = karpenterHome({ pool });
    expect(home.pool).toBe("karpenter");
    expect(home.pools["pool"]).toBe(pool);
    expect(home.pools["karpenter"]).toMatchObject({ count: replicas, taints: [{ key: "CriticalAddonsOnly" }] });
  });

  it("can't be told from a pool that has their name", () => {
    expect(() => karpenterHome({ karpenter: gpu })).toThrow(/^nodePools.karpenter: the name is taken .* Rename/);
  });
});

describe("what Karpenter may do", () => {
  interface Statement {
    readonly Sid: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  const documents = (clusterName: string) =>
    controllerPolicies({
      clusterName,
      region: "eu-central-1",
      nodeRoleArn: "arn:aws:iam::111122223333:role/node",
      queueArn: "arn:aws:sqs:eu-central-1:111122223333:queue",
    });
  const statements = Object.values(documents("holdfast-test")).flatMap(
    (text) => (JSON.parse(text) as { Statement: Statement[] }).Statement,
  );

  it("has no action of *, and a resource of * only where the reason is written", () => {
    expect(statements.filter(({ Action }) => Action.some((one) => one.includes("*")))).toEqual([]);
    const wide = statements.filter(({ Resource }) => Resource.includes("*"));
    expect(wide.map(({ Sid }) => Sid)).toEqual(Object.keys(unscoped));
    const changing = wide.flatMap(({ Action }) => Action).filter((one) => !/:(Describe|Get|List)/.test(one));
    expect(changing).toEqual([]);
  });

  it("changes on EC2 nothing that isn't the cluster's, and no role's or profile's rights", () => {
    const changing = statements.filter(({ Action }) => Action.some((one) => !/:(Describe|Get|List)/.test(one)));
    const tagged = changing.filter(
      ({ Sid }) => !["StartFromAnyImageHere", "GiveNodesTheirRole", "ReadWarnings"].includes(Sid),
    );
    expect(tagged.length).toBe(5);
    for (const { Condition } of tagged) {
      expect(JSON.stringify(Condition?.["StringEquals"])).toContain('Tag/kubernetes.io/cluster/holdfast-test":"owned"');
    }
    const iam = changing.flatMap(({ Action }) => Action).filter((one) => one.startsWith("iam:"));
    expect(iam).toEqual(["iam:PassRole"]);
    expect(changing.find(({ Sid }) => Sid === "GiveNodesTheirRole")?.Resource).toEqual([
      "arn:aws:iam::111122223333:role/node",
    ]);
  });

  it("fits the 10,240 characters that a role's own policies may have together, whatever the environment", () => {
    const all = Object.values(documents(`holdfast-${"e".repeat(20)}`)).join("");
    expect(all.length).toBeLessThanOrEqual(10_240);
  });

  it("reaches AWS and the agent for credentials, never the node's metadata", () => {
    const { egress, ingress } = karpenterNetwork(["test-ops"]) as { egress: unknown[]; ingress: unknown[] };
    expect(JSON.stringify(egress[0])).toContain('"except":["169.254.0.0/16"]');
    expect(egress).toHaveLength(2);
    expect(ingress).toHaveLength(1);
    expect(karpenterNetwork([]).ingress).toEqual([]);
  });
});

describe("AWS's warnings", () => {
  it("come from these rules alone, and over TLS", () => {
    const { Statement } = JSON.parse(queuePolicy("queue", ["rule-1", "rule-2"])) as { Statement: unknown[] };
    expect(Statement).toMatchObject([
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": ["rule-1", "rule-2"] } },
      },
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  it("have names within each service's limits", () => {
    fc.assert(
      fc.property(label, fc.constantFrom(...Object.keys(interruptions)), (environment, kind) => {
        expect(queueName(environment, "interruptions")).toMatch(/^[\w-]{1,80}$/);
        expect(eventRuleName(environment, `interruption-${kind}`)).toMatch(/^[\w-]{1,64}$/);
        expect(iamRoleName(environment, "karpenter")).toMatch(/^[\w-]{1,64}$/);
      }),
    );
    expect(() => eventRuleName("e".repeat(60), "x")).toThrow(/^environment: gives the name .*allowed are 1 to 64/);
  });
});
