import type * as pulumi from "@pulumi/pulumi";
import * as app from "../../../components/app";
import { HelmChart, charts } from "../../../components/charts";
import * as cluster from "../../../components/cluster";
import { LkeCluster } from "../../../components/cluster/lke-cluster";
import { EksCluster } from "../../../components/cluster/eks-cluster";
import { ExistingCluster } from "../../../components/cluster/existing-cluster";
import { AksCluster } from "../../../components/cluster/aks-cluster";
import * as gpu from "../../../components/gpu";
import * as inference from "../../../components/inference";
import * as metrics from "../../../components/metrics";
import * as namespace from "../../../components/namespace";
import { LinodeNodeFirewall } from "../../../components/network/linode-firewall";
import { LinodeNetwork } from "../../../components/network/linode-network";
import { AzureNetwork } from "../../../components/network/azure-network";
import { LkeNodePools } from "../../../components/node-pools/lke-node-pools";
import { AwsNetwork } from "../../../components/network/aws-network";
import { EksNodeGroups } from "../../../components/node-pools/eks-node-groups";
import { Karpenter, KarpenterPools } from "../../../components/node-pools/karpenter";
import { InterruptionQueue } from "../../../components/node-pools/karpenter/interruptions";
import { AksNodePools } from "../../../components/node-pools/aks-node-pools";
import { keeping } from "../../../components/objects";
import { BlobBucket } from "../../../components/objects/blob-bucket";
import { LinodeBucket } from "../../../components/objects/linode-bucket";
import { S3Bucket } from "../../../components/objects/s3-bucket";
import { LinodeModelStore } from "../../../components/objects/linode-model-store";
import { S3ModelStore } from "../../../components/objects/s3-model-store";
import { BlobModelStore } from "../../../components/objects/blob-model-store";
import { AcrRegistry } from "../../../components/registry/acr-registry";
import { EcrRepositories } from "../../../components/registry/ecr-repositories";
import { AwsStateHome } from "../../../components/state/aws-state-home";
import { AzureStateHome } from "../../../components/state/azure-state-home";
import { LinodeStateHome } from "../../../components/state/linode-state-home";
import * as storage from "../../../components/storage";
import { vllm, workload } from "./samples";

type Options = pulumi.ComponentResourceOptions;
const pools = {
  baseline: { plan: "g6-standard-8", count: 3, autoscaling: { min: 3, max: 10 } },
  gpu: { plan: "g3-gpu-rtxpro6000-blackwell-1", count: 2, purpose: "inference" as const },
};

const azure = { environment: "test", region: "westeurope", resourceGroup: "group" };

/** Each component as someone who sets nothing but what must be set would make it. */
export const components: Readonly<Record<string, (options: Options) => pulumi.ComponentResource>> = {
  AcrRegistry: (options) =>
    new AcrRegistry("registry", { ...azure, owner: "example.com", kubeletObjectId: "kubelet" }, options),
  BlobBucket: (options) =>
    new BlobBucket(
      "backups",
      { ...azure, account: "backups", container: "backups", keeping: keeping.backups, copies: "two-regions" },
      options,
    ),
  EcrRepositories: (options) =>
    new EcrRepositories(
      "registry",
      { environment: "test", apps: ["web"], nodeRoleArn: "arn:aws:iam::1:role/nodes" },
      options,
    ),
  LinodeBucket: (options) =>
    new LinodeBucket("backups", { label: "backups", region: "fr-par", keeping: keeping.backups }, options),
  S3Bucket: (options) =>
    new S3Bucket(
      "backups",
      {
        bucket: "backups",
        keeping: keeping.backups,
        replica: { bucket: "copies", region: "eu-west-1", roleName: "copy" },
      },
      options,
    ),
  AksCluster: (options) =>
    new AksCluster(
      "own",
      { ...azure, kubernetesVersion: "1.35", nodeSubnetId: "nodes", egressAddresses: [], nodePools: pools },
      options,
    ),
  AksNodePools: (options) =>
    new AksNodePools(
      "more",
      { resourceGroup: "group", clusterName: "own", nodeSubnetId: "nodes", environment: "test", pools },
      options,
    ),
  AzureNetwork: (options) => new AzureNetwork("network", { ...azure, range: "10.16.0.0/16" }, options),
  BlobModelStore: (options) =>
    new BlobModelStore(
      "models",
      {
        ...azure,
        owner: "example.com",
        oidcIssuer: "https://issuer.example",
        readers: [{ namespace: "test-services", serviceAccount: "vllm" }],
      },
      options,
    ),
  AppDeployment: (options) => new app.AppDeployment("shop", workload(), options),
  AwsStateHome: (options) => new AwsStateHome("state", { name: "acme", region: "eu-west-3" }, options),
  AzureStateHome: (options) => new AzureStateHome("state", { name: "acme", region: "francecentral" }, options),
  LinodeStateHome: (options) => new LinodeStateHome("state", { name: "acme", region: "fr-par" }, options),
  AwsNetwork: (options) =>
    new AwsNetwork("network", { environment: "test", region: "eu-central-1", range: "10.16.0.0/16" }, options),
  EksCluster: (options) =>
    new EksCluster(
      "own",
      {
        environment: "test",
        region: "eu-central-1",
        kubernetesVersion: "1.35",
        controlPlaneSubnetIds: ["subnet-1"],
        nodeSubnetIds: ["subnet-2"],
        nodePools: pools,
      },
      options,
    ),
  EksNodeGroups: (options) =>
    new EksNodeGroups(
      "more",
      {
        clusterName: "c",
        nodeRoleArn: "arn:aws:iam::1:role/n",
        subnetIds: ["subnet-2"],
        zones: ["eu-west-3a"],
        environment: "test",
        pools,
      },
      options,
    ),
  ExistingCluster: (options) =>
    new ExistingCluster("own", { clusterId: "uid", kubeconfig: "plain-kubeconfig" }, options),
  HelmChart: (options) =>
    new HelmChart(
      "chart",
      { chart: charts.karpenter, namespace: "kube-system", kubernetesVersion: "1.35", values: {} },
      options,
    ),
  InterruptionQueue: (options) => new InterruptionQueue("warnings", { environment: "test" }, options),
  Karpenter: (options) =>
    new Karpenter(
      "karpenter",
      {
        environment: "test",
        region: "eu-central-1",
        kubernetesVersion: "1.35",
        clusterName: "holdfast-test",
        nodeRoleArn: "arn:aws:iam::111122223333:role/n",
        homePool: "baseline",
        after: [],
        scraperNamespaces: ["test-ops"],
      },
      options,
    ),
  KarpenterPools: (options) =>
    new KarpenterPools(
      "more",
      { environment: "test", pools, nodeProfile: "n", subnetIds: ["subnet-2"], securityGroupId: "sg-1" },
      options,
    ),
  JoinedCluster: (options) =>
    new cluster.JoinedCluster("joined", { ownerStack: "organization/holdfast/dev", environment: "staging" }, options),
  LinodeModelStore: (options) =>
    new LinodeModelStore("models", { environment: "test", region: "fr-par", owner: "example.com" }, options),
  LinodeNetwork: (options) =>
    new LinodeNetwork("network", { environment: "test", region: "fr-par", range: "10.16.0.0/16" }, options),
  LinodeNodeFirewall: (options) => new LinodeNodeFirewall("firewall", { environment: "test" }, options),
  LkeCluster: (options) =>
    new LkeCluster(
      "own",
      { environment: "test", region: "fr-par", kubernetesVersion: "1.35", nodePools: pools },
      options,
    ),
  LkeNodePools: (options) => new LkeNodePools("more", { clusterId: "1", environment: "test", pools }, options),
  NvidiaDevicePlugin: (options) => new gpu.NvidiaDevicePlugin("gpu", { environment: "test" }, options),
  S3ModelStore: (options) =>
    new S3ModelStore(
      "models",
      {
        environment: "test",
        region: "eu-central-1",
        owner: "example.com",
        clusterName: "c",
        readers: [{ namespace: "test-services", serviceAccount: "vllm" }],
      },
      options,
    ),
  ServiceMonitorDefinition: (options) => new metrics.ServiceMonitorDefinition("monitors", options),
  SnapshotScheduler: (options) =>
    new storage.SnapshotScheduler("snapshots", { environment: "test", kubernetesVersion: "1.35" }, options),
  SnapshotSchedules: (options) =>
    new storage.SnapshotSchedules(
      "snapshots",
      { namespaces: { data: "test-data" }, snapshotClass: "holdfast-standard", after: [] },
      options,
    ),
  VolumeSnapshotClasses: (options) => new storage.VolumeSnapshotClasses("snapshots", { cloud: "aws" }, options),
  StorageClasses: (options) => new storage.StorageClasses("storage", { cloud: "aws" }, options),
  TenantNamespace: (options) =>
    new namespace.TenantNamespace(
      "services",
      { namespace: "test-services", environment: "test", tier: "services" },
      options,
    ),
  VllmServer: (options) => new inference.VllmServer("vllm", vllm(), options),
};
