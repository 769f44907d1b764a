import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { AksCluster, type AksClusterArgs } from "../../../components/cluster/aks-cluster";
import { endpointOf, tokenKubeconfig } from "../../../components/cluster/aks-kubeconfig";
import { BlobModelStore, type BlobModelStoreArgs } from "../../../components/objects/blob-model-store";
import {
  agentPoolName,
  azureName,
  federatedCredentialName,
  storageAccountName,
} from "../../../components/shared/azure-names";
import { only, record, type Registered } from "./recorder";

const azure = (type: string) => `azure-native:${type}`;
const providers = () => ({ providers: [new Provider("azure", { location: "westeurope" })] });
const pools = {
  baseline: { plan: "Standard_D8s_v5", count: 3, autoscaling: { min: 3, max: 10 } },
  batch: { plan: "Standard_D4s_v5", count: 2, diskGiB: 300 },
  gpu: { plan: "Standard_NC24ads_A100_v4", count: 1, purpose: "inference" as const },
};
const args: AksClusterArgs = {
  environment: "test",
  region: "westeurope",
  resourceGroup: "group",
  kubernetesVersion: "1.35",
  nodeSubnetId: "/subnets/nodes",
  egressAddresses: ["20.0.0.1"],
  nodePools: pools,
};
const own = (changes: Partial<AksClusterArgs> = {}) =>
  record(() => new AksCluster("own", { ...args, ...changes }, providers()));
const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

describe("names on Azure", () => {
  const environment = fc.stringMatching(/^[a-z][a-z0-9]{0,14}(-[a-z0-9]{1,10})?$/);

  it("fit what Azure allows, whatever the environment and the pool are called", () => {
    fc.assert(
      fc.property(environment, environment, (one, other) => {
        expect(azureName(one)).toMatch(/^[a-z0-9](-?[a-z0-9]){0,53}$/);
        expect(storageAccountName(one, "models", `${other}.example.com`)).toMatch(/^[a-z0-9]{3,24}$/);
        expect(agentPoolName(one, other)).toMatch(/^[a-z][a-z0-9]{0,11}$/);
        expect(federatedCredentialName(one.repeat(4), other.repeat(4))).toMatch(/^[a-z0-9][a-z0-9_-]{2,119}$/);
      }),
    );
  });

  it("start with a letter where the pool's name doesn't", () => {
    expect(agentPoolName("test", "2x")).toMatch(/^x[0-9a-f]{6}$/);
    expect(agentPoolName("test", "42")).toMatch(/^pool[0-9a-f]{6}$/);
  });

  it("tell apart what only differs beyond the part that is shown", () => {
    expect(agentPoolName("test", "inference-a")).not.toBe(agentPoolName("test", "inference-b"));
    expect(agentPoolName("test", "gpu")).not.toBe(agentPoolName("staging", "gpu"));
    expect(storageAccountName("test", "models", "a.example")).not.toBe(
      storageAccountName("test", "models", "b.example"),
    );
    expect(federatedCredentialName("a-b", "c")).not.toBe(federatedCredentialName("a", "b-c"));
  });

  it("are the same at every run, since a change would replace what has data", () => {
    expect(storageAccountName("test", "models", "example.com")).toBe("hftestb54c6ef3402b");
    expect(agentPoolName("test", "baseline")).toBe("baseli82a38c");
  });

  it("refuse an environment that gives too long a name, and say so", () => {
    expect(() => azureName("e".repeat(46))).toThrow(/environment: gives the name "holdfast-e+" \(55 characters\)/);
  });
});

describe("an AKS cluster", () => {
  const cluster = async (changes: Partial<AksClusterArgs> = {}): Promise<Registered> =>
    only(await own(changes), azure("containerservice:ManagedCluster"));

  it("is open to Entra ID only, and trusts what pods say through its issuer", async () => {
    expect((await cluster()).inputs).toMatchObject({
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: true } },
      networkProfile: { networkPolicy: "cilium", outboundType: "userAssignedNATGateway" },
    });
  });

  it("lets in the listed ranges and its own nodes, which come from outside", async () => {
    const open = (await cluster()).inputs["apiServerAccessProfile"];
    expect(open).toEqual({ disableRunCommand: true });
    const listed = (await cluster({ controlPlaneAcl: { ipv4: ["198.51.100.0/24"] } })).inputs["apiServerAccessProfile"];
    expect(listed).toEqual({ disableRunCommand: true, authorizedIPRanges: ["198.51.100.0/24", "20.0.0.1/32"] });
  });

  it("may change the nodes' subnet and no more, before it is made", async () => {
    const recording = await own();
    const grant = only(recording, azure("authorization:RoleAssignment"), "own-network");
    expect(grant.inputs).toMatchObject({
      scope: "/subnets/nodes",
      roleDefinitionId: expect.stringContaining("4d97b98b-1d4f-4787-a291-c67834d212e7") as string,
      principalId: "principal-of-own-control-plane",
    });
    expect(grant.inputs["roleAssignmentName"]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    expect(only(recording, azure("containerservice:ManagedCluster")).dependencies).toContain(grant.urn);
  });

  it("is made with the general pool, and leaves its count to the autoscaler", async () => {
    const own = await cluster();
    expect(own.inputs["agentPoolProfiles"]).toMatchObject([
      { mode: "System", vmSize: "Standard_D8s_v5", minCount: 3, maxCount: 10, enableAutoScaling: true },
    ]);
    expect(own.ignoreChanges).toEqual(["agentPoolProfiles[0].count"]);
    const manual = await cluster({ nodePools: { baseline: { plan: "Standard_D8s_v5", count: 3 } } });
    expect(manual.ignoreChanges).toEqual([]);
  });

  it("refuses spot nodes, which no pod here would run on", async () => {
    await expect(own({ nodePools: { baseline: { ...pools.baseline, spot: true } } })).rejects.toThrow(
      "nodePools.baseline.spot",
    );
  });

  it("gives objects a token, and people a kubeconfig without one", async () => {
    const { result } = await own();
    expect(await value(result.kubeconfig)).toContain("kubelogin");
    expect(await value(result.kubeconfig)).not.toContain("plain-token");
    const recording = await own();
    const provider = only(recording, "pulumi:providers:kubernetes").inputs["kubeconfig"] as { value: string };
    const { users } = parse(provider.value) as { users: unknown };
    expect(users).toEqual([{ name: "holdfast-test", user: { token: "plain-token" } }]);
  });

  it("tells those who join all that they need, and no secret", async () => {
    const { result } = await own();
    expect(await pulumi.isSecret(result.joining)).toBe(false);
    expect(await value(result.joining)).toEqual({
      resourceGroup: "group",
      clusterName: "holdfast-test",
      nodeSubnetId: "/subnets/nodes",
      oidcIssuer: "https://issuer.example/own/",
      kubeletObjectId: "kubelet",
      endpoint: "https://own.example:443",
      certificateAuthority: "Y2E=",
    });
  });

  it("keeps the audit log", async () => {
    const { logs } = only(await own(), azure("monitor:DiagnosticSetting")).inputs;
    expect(logs).toEqual(expect.arrayContaining([{ category: "kube-audit-admin", enabled: true }]));
  });
});

describe("a kubeconfig", () => {
  it.each([
    ["", "clusters[0].cluster.server"],
    ["clusters: [{cluster: {server: 'https://a'}}]", "clusters[0].cluster.certificate-authority-data"],
  ])("that Azure gives without what is needed is refused", (text, missing) => {
    expect(() => endpointOf(text)).toThrow(missing);
  });

  it("with a token is read back as any other", () => {
    const endpoint = { endpoint: "https://a:443", certificateAuthority: "Y2E=" };
    expect(endpointOf(tokenKubeconfig("a", endpoint, "token"))).toEqual(endpoint);
  });
});

describe("the model store on Azure", () => {
  const readers = [
    { namespace: "test-services", serviceAccount: "vllm" },
    { namespace: "test-services", serviceAccount: "embed" },
  ];
  const store = (changes: Partial<BlobModelStoreArgs> = {}) =>
    record(
      () =>
        new BlobModelStore(
          "models",
          {
            environment: "test",
            region: "westeurope",
            resourceGroup: "group",
            owner: "example.com",
            oidcIssuer: "https://issuer.example/own/",
            readers,
            ...changes,
          },
          providers(),
        ),
    );

  it("opens to no key and to nobody unknown, and is in three zones where it must last", async () => {
    const { inputs } = only(await store(), azure("storage:StorageAccount"));
    expect(inputs).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      sku: { name: "Standard_ZRS" },
    });
    const { sku } = only(await store({ durable: false }), azure("storage:StorageAccount")).inputs;
    expect(sku).toEqual({ name: "Standard_LRS" });
  });

  it("lets one identity read the container and nothing else", async () => {
    const grant = only(await store(), azure("authorization:RoleAssignment")).inputs;
    expect(grant).toMatchObject({
      scope: "models-id",
      principalId: "principal-of-models-reader",
      roleDefinitionId: expect.stringContaining("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1") as string,
    });
  });

  it("trusts exactly the readers' service accounts, one after the other", async () => {
    const recording = await store();
    const trusted = recording.resources.filter(
      ({ type }) => type === azure("managedidentity:FederatedIdentityCredential"),
    );
    expect(trusted.map(({ inputs }) => inputs["subject"])).toEqual([
      "system:serviceaccount:test-services:vllm",
      "system:serviceaccount:test-services:embed",
    ]);
    expect(trusted[1]?.dependencies).toContain(trusted[0]?.urn);
    expect(trusted[0]?.inputs).toMatchObject({
      issuer: "https://issuer.example/own/",
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it("is read with rclone as that identity", async () => {
    const { result } = await store();
    expect(await value(result.remote)).toBe(":azureblob:models");
    const flags = await value(pulumi.all([...result.flags]));
    expect(flags).toContain(`--azureblob-account=${storageAccountName("test", "models", "example.com")}`);
    expect(flags).toContain("--azureblob-env-auth");
    expect(result.access.kind === "workload-identity" && (await value(result.access.clientId))).toBe(
      "client-of-models-reader",
    );
  });
});
