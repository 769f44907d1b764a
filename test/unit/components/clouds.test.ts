import { beforeAll, describe, expect, it } from "vitest";
import { clouds, type Cloud } from "../../../components/shared";
import { apps } from "../../../src/apps";
import { deployPlatform } from "../../../src/platform";
import { record } from "./recorder";
import { shipped } from "./samples";

type Flat = Readonly<Record<string, unknown>>;

/** Everything that goes into the cluster, each leaf by `Kind namespace/name path`, so that a difference names its place. */
const leaves = async (stack: string, cloud: Cloud): Promise<Flat> => {
  const owner = { members: ["staging"], clusterId: "7", joining: joiningOn[cloud], kubeconfig: "plain-kubeconfig" };
  const { resources } = await record(() => deployPlatform({ config: shipped(stack, cloud), secrets: {}, apps }), owner);
  const objects = resources.filter(({ type, custom }) => custom && type.startsWith("kubernetes:"));
  return Object.fromEntries(
    objects.flatMap(({ type, inputs }) => {
      const { name, namespace } = inputs["metadata"] as { readonly name: string; readonly namespace?: string };
      return flatten(inputs, `${type.split(":").at(-1)} ${namespace ?? ""}/${name} `);
    }),
  );
};

const flatten = (value: unknown, path: string): [string, unknown][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
    : [[path, value]];

/** What an owner of a cluster tells those who join it. */
const joiningOn = {
  linode: {},
  aws: {
    endpoint: "https://eks",
    certificateAuthority: "Q0E=",
    nodeRoleArn: "arn:aws:iam::1:role/n",
    subnetIds: ["s"],
    nodeProfile: "nodes",
    securityGroupId: "sg-1",
  },
  azure: {
    resourceGroup: "group",
    clusterName: "cluster",
    nodeSubnetId: "subnet",
    kubeletObjectId: "kubelet",
    oidcIssuer: "https://oidc",
    endpoint: "https://aks",
    certificateAuthority: "Q0E=",
  },
} as const;

/** Where the same environment may differ between clouds, and why. Everything else is the same, value for value. */
const mayDiffer: readonly { readonly where: RegExp; readonly why: string }[] = [
  { where: /^StorageClass \/holdfast-\w+ \.(provisioner|parameters\.)/, why: "each cloud has its own driver" },
  {
    where: /^ResourceQuota \w+-services\/\S+ \.spec\.hard\./,
    why: "the nodes of the GPU pool count, and their sizes differ",
  },
  {
    where: /^StatefulSet \S+ \.spec\.template\.spec\.initContainers\.0\.args\./,
    why: "the store's own address and flags",
  },
  {
    where: /^StatefulSet \S+ \.spec\.template\.spec\.(volumes|initContainers\.0\.volumeMounts)\./,
    why: "a key on Linode; an identity elsewhere",
  },
  { where: /^Secret \w+-services\/vllm-model-store /, why: "the key of the store, which only Linode needs" },
  { where: /^NetworkPolicy \w+-services\/vllm \.spec\.egress\./, why: "EKS's Pod Identity agent is asked on the node" },
  { where: /^ServiceAccount \w+-services\/vllm \.metadata\.annotations\.azure/, why: "the identity that it acts as" },
  {
    where: /^StatefulSet \S+ \.spec\.template\.metadata\.labels\.azure\.workload\.identity/,
    why: "by which Azure's webhook finds the pod",
  },
  { where: / holdfast-gpu\/| \/holdfast-gpu /, why: "EKS's GPU nodes bring the device plugin along" },
  {
    where: / holdfast-firewall\/| \/holdfast-(firewall|cloud-firewall-controller) |^CloudFirewall |cloudfirewalls/,
    why: "LKE's nodes have public addresses; the others' have none",
  },
  {
    where: / holdfast-karpenter\/| \/holdfast-karpenter |^(NodePool|EC2NodeClass) /,
    why: "the autoscaler of EKS is in the cluster; the others' are the cloud's",
  },
  {
    where: / holdfast-snapshots\/| \/holdfast-snapshots |^(VolumeSnapshotClass|SnapshotSchedule) /,
    why: "Linode's Block Storage has no snapshots",
  },
];

describe.each(["development", "staging", "production"])("the Kubernetes objects of %s", (stack) => {
  const found = new Map<Cloud, Flat>();
  beforeAll(async () => {
    // One after another: a recording is the process's own.
    for (const cloud of clouds) found.set(cloud, await leaves(stack, cloud));
  });

  it.each(["aws", "azure"] as const)("are those of Linode on %s too, but for what a cloud must have", (cloud) => {
    const [here, there] = [found.get("linode") ?? {}, found.get(cloud) ?? {}];
    const paths = new Set([...Object.keys(here), ...Object.keys(there)]);
    expect(paths.size).toBeGreaterThan(1500);
    const different = [...paths].filter((path) => here[path] !== there[path]);
    expect(different.filter((path) => !mayDiffer.some(({ where }) => where.test(path)))).toEqual([]);
  });
});
