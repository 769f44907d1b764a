import { Provider } from "@pulumi/aws/provider";
import fc from "fast-check";
import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import { endpointAccess } from "../../../components/cluster/eks-access";
import { eksAddons } from "../../../components/cluster/eks-addons";
import { EksCluster, type EksClusterArgs } from "../../../components/cluster/eks-cluster";
import { AwsNetwork } from "../../../components/network/aws-network";
import { zonesOf } from "../../../components/network/aws-zones";
import { maxZones, planSubnets } from "../../../components/network/plan-subnets";
import { bootDisks, nodeImage, scaling, taints } from "../../../components/node-pools/eks-nodes";
import { S3ModelStore } from "../../../components/objects/s3-model-store";
import { eksClusterName, iamRoleName, nodeGroupPrefix } from "../../../components/shared/aws-names";
import { only, record, type Recording } from "./recorder";

const region = "eu-central-1";
const pools = {
  baseline: { plan: "m7i.2xlarge", count: 3, autoscaling: { min: 3, max: 10 } },
  gpu: { plan: "g7e.4xlarge", count: 1, purpose: "inference" as const, spot: true },
};
const cloud = () => ({ providers: [new Provider("aws", { region })] });
const ownCluster = (changes: Partial<EksClusterArgs> = {}) =>
  record(
    () =>
      new EksCluster(
        "cluster",
        {
          environment: "test",
          region,
          kubernetesVersion: "1.35",
          controlPlaneSubnetIds: ["subnet-a"],
          nodeSubnetIds: ["subnet-b"],
          nodePools: pools,
          ...changes,
        },
        cloud(),
      ),
  );
const network = (natPerZone: boolean) =>
  record(() => new AwsNetwork("network", { environment: "test", region, range: "10.16.0.0/16", natPerZone }, cloud()));
const store = () =>
  record(
    () =>
      new S3ModelStore(
        "models",
        {
          environment: "test",
          region,
          owner: "example.com",
          clusterName: "holdfast-test",
          readers: [{ namespace: "test-services", serviceAccount: "vllm" }],
        },
        cloud(),
      ),
  );
const count = (recording: Recording<unknown>, type: string) =>
  recording.resources.filter((one) => one.type === type).length;

describe("a plan of subnets", () => {
  const letters = ["a", "b", "c", "d"];
  const range = fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}.0.0/16`);
  const zones = fc.integer({ min: 1, max: maxZones }).map((length) => letters.slice(0, length));
  const all = (whole: string, names: readonly string[]) =>
    planSubnets(whole, names).flatMap((one) => [one.public, one.private, one.intra].map((cidr) => new Netmask(cidr)));

  it("lies inside the range and overlaps nowhere", () => {
    fc.assert(
      fc.property(range, zones, (whole, names) => {
        const subnets = all(whole, names);
        expect(subnets.filter((one) => !new Netmask(whole).contains(one))).toEqual([]);
        const meets = subnets.flatMap((one, i) =>
          subnets.slice(i + 1).filter((other) => one.contains(other) || other.contains(one)),
        );
        expect(meets).toEqual([]);
      }),
    );
  });

  it("has room for thousands of pods a zone, and for the control plane's 16 addresses", () => {
    for (const one of planSubnets("10.16.0.0/16", ["a", "b", "c"])) {
      expect(new Netmask(one.private).size).toBeGreaterThanOrEqual(8192);
      expect(new Netmask(one.intra).size).toBeGreaterThanOrEqual(16 + 5);
    }
  });

  it("moves no zone when one is added", () => {
    fc.assert(
      fc.property(range, zones, (whole, names) => {
        expect(planSubnets(whole, names)).toEqual(planSubnets(whole, letters).slice(0, names.length));
      }),
    );
  });

  it.each([
    ["10.16.0.0/17", "wanted a private /16"],
    ["10.16.1.0/16", "wanted a private /16"],
    ["8.8.0.0/16", "addresses of the internet"],
    ["172.20.0.0/16", "the range of the cluster's Services"],
  ])("refuses %s", (whole, reason) => {
    expect(() => planSubnets(whole, ["a"])).toThrow(reason);
  });

  it("knows the zones of regions that have others than a, b and c", () => {
    expect(zonesOf("eu-central-1")).toEqual(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    expect(zonesOf("ap-northeast-1").map((zone) => zone.at(-1))).toEqual(["a", "c", "d"]);
    expect(() => zonesOf("us-west-1")).toThrow("region: us-west-1 has two availability zones only");
    expect(() => zonesOf("fr-par")).toThrow('region: found "fr-par"');
  });
});

describe("a network on AWS", () => {
  it("has a NAT gateway in each zone or one for all", async () => {
    expect(count(await network(true), "aws:ec2/natGateway:NatGateway")).toBe(3);
    expect(count(await network(false), "aws:ec2/natGateway:NatGateway")).toBe(1);
  });

  it("gives private subnets a way out and intra ones none", async () => {
    const recording = await network(false);
    const routes = recording.resources.filter(({ type }) => type === "aws:ec2/route:Route").map(({ name }) => name);
    expect(routes.sort()).toEqual([
      "network-private-eu-central-1a",
      "network-private-eu-central-1b",
      "network-private-eu-central-1c",
      "network-public",
    ]);
  });

  it("closes the default security group, and endpoints to all but HTTPS from within", async () => {
    const recording = await network(false);
    const closed = only(recording, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs;
    expect([closed["ingress"], closed["egress"]]).toEqual([[], []]);
    expect(only(recording, "aws:ec2/securityGroup:SecurityGroup").inputs["ingress"]).toMatchObject([
      { fromPort: 443, toPort: 443, cidrBlocks: ["10.16.0.0/16"] },
    ]);
  });
});

describe("an EKS cluster", () => {
  it("is open to the outside for all, the listed, or nobody, as the list says", () => {
    expect(endpointAccess(undefined)).toEqual({ endpointPrivateAccess: true, endpointPublicAccess: true });
    expect(endpointAccess({ ipv4: ["192.0.2.0/24"], ipv6: [] })).toEqual({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["192.0.2.0/24"],
    });
    expect(endpointAccess({ ipv4: [], ipv6: ["2001:db8::/32"] })).toEqual({
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
  });

  it("enforces network policies, and pins each add-on", () => {
    const addons = eksAddons("1.35");
    expect(addons.find(({ name }) => name === "vpc-cni")?.settings).toEqual({ enableNetworkPolicy: "true" });
    expect(addons.filter(({ version }) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version))).toEqual([]);
    expect(() => eksAddons("1.20")).toThrow(/^kubernetesVersion: found 1.20; .* 1.34, 1.35/);
  });

  it("has its network before its nodes, and its nodes before what runs on them", async () => {
    const recording = await ownCluster();
    const waitsFor = (type: string, name: string, other: string) =>
      only(recording, type, name).dependencies.some((urn) => urn.endsWith(`::${other}`));
    expect(waitsFor("aws:eks/nodeGroup:NodeGroup", "cluster-baseline", "cluster-vpc-cni")).toBe(true);
    expect(waitsFor("aws:eks/addon:Addon", "cluster-coredns", "cluster-baseline")).toBe(true);
    expect(waitsFor("aws:eks/addon:Addon", "cluster-vpc-cni", "cluster-baseline")).toBe(false);
  });

  it("is protected from deletion only where it is durable", async () => {
    expect(only(await ownCluster(), "aws:eks/cluster:Cluster").inputs["deletionProtection"]).toBe(true);
    const passing = only(await ownCluster({ durable: false }), "aws:eks/cluster:Cluster");
    expect([passing.inputs["deletionProtection"], passing.protect]).toEqual([false, false]);
  });
});

describe("nodes on EKS", () => {
  it("of inference keep everything else off, and bring their own driver", () => {
    expect(nodeImage(pools.gpu)).toBe("BOTTLEROCKET_x86_64_NVIDIA");
    expect(taints(pools.gpu)).toEqual([{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }]);
    expect(taints(pools.baseline)).toEqual([]);
  });

  it("have nothing but encrypted disks", () => {
    const disks = [pools.baseline, pools.gpu].flatMap((pool) => bootDisks({ ...pool, diskGiB: 250 }));
    expect(disks).toHaveLength(3);
    expect(disks.map(({ ebs }) => ebs)).toMatchObject(disks.map(() => ({ encrypted: "true" })));
  });

  it("may be none, in a group that EKS takes", () => {
    expect(scaling({ plan: "p", count: 0 })).toEqual({ desiredSize: 0, minSize: 0, maxSize: 1 });
  });
});

describe("policies", () => {
  interface Statement {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource?: string | string[];
  }

  it("allow nothing with an action or a resource of *", async () => {
    const recordings = [await network(true), await ownCluster(), await store()];
    const documents = recordings
      .flatMap(({ resources }) => resources)
      .flatMap(({ type, inputs }) => {
        if (!type.startsWith("aws:")) return [];
        return [inputs["policy"], inputs["assumeRolePolicy"]].filter((text) => typeof text === "string");
      });
    expect(documents.length).toBeGreaterThanOrEqual(10);
    const allowed = documents
      .flatMap((text) => (JSON.parse(text) as { Statement: Statement[] }).Statement)
      .filter(({ Effect }) => Effect === "Allow");
    const wide = allowed.filter(
      ({ Action, Resource }) => [Action].flat().some((one) => one.includes("*")) || [Resource].flat().includes("*"),
    );
    expect(wide).toEqual([]);
  });

  it("let a reader read models and nothing else", async () => {
    const recording = await store();
    const { policy } = only(recording, "aws:iam/rolePolicy:RolePolicy").inputs as { policy: string };
    const { Statement } = JSON.parse(policy) as { Statement: Statement[] };
    expect(Statement.flatMap(({ Action }) => Action)).toEqual(["s3:GetObject", "s3:ListBucket"]);
    expect(Statement[0]?.Resource).toMatch(/\/models\/\*$/);
    expect(only(recording, "aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs).toMatchObject({
      clusterName: "holdfast-test",
      namespace: "test-services",
      serviceAccount: "vllm",
    });
  });
});

it("names on AWS fit each service's limits for every environment that there can be", () => {
  const label = fc.stringMatching(/^[a-z](?:[-a-z0-9]{0,18}[a-z0-9])?$/);
  fc.assert(
    fc.property(label, label, (environment, pool) => {
      expect(eksClusterName(environment)).toMatch(/^[a-z0-9-]{1,100}$/);
      expect(iamRoleName(environment, "eks-pod-identity-agent")).toMatch(/^[\w-]{1,64}$/);
      expect(nodeGroupPrefix(environment, pool)).toMatch(/^[a-z0-9-]{1,37}$/);
    }),
  );
  expect(() => iamRoleName("e".repeat(60), "node")).toThrow(/^environment: gives the name .*allowed are 1 to 64/);
});
