import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AcrRegistry, cachedByAcr } from "../../../components/registry/acr-registry";
import { cachedByEcr, cachePrefix, repositoryName } from "../../../components/registry/ecr-names";
import { fillCaches } from "../../../components/registry/ecr-policies";
import { EcrRepositories } from "../../../components/registry/ecr-repositories";
import { registryName } from "../../../components/shared/azure-names";
import { azureRoles } from "../../../components/shared/azure-roles";
import { only, record, type Recording } from "./recorder";

const nodeRoleArn = "arn:aws:iam::111122223333:role/holdfast-test-node";
const ecr = (args: { durable?: boolean; nodeRoleArn?: string; keepImages?: number } = {}) =>
  record(
    () =>
      new EcrRepositories(
        "registry",
        { environment: "test", apps: ["web", "backend"], ...args },
        {
          provider: new AwsProvider("aws", { region: "eu-central-1" }),
        },
      ),
  );
const acr = (durable: boolean) =>
  record(() => {
    const where = { environment: "test", region: "westeurope", resourceGroup: "group", owner: "example.com" };
    return new AcrRegistry(
      "registry",
      { ...where, kubeletObjectId: "kubelet", durable },
      {
        provider: new AzureProvider("azure"),
      },
    );
  });
const all = (recording: Recording<unknown>, type: string) => recording.resources.filter((one) => one.type === type);
const value = <T>(output: { apply: (use: (value: T) => void) => unknown }): Promise<T> =>
  new Promise((resolve) => void output.apply(resolve));

describe("repositories on ECR", () => {
  it("are one a service, in which no tag moves and each image is scanned as it arrives", async () => {
    const recording = await ecr();
    const repositories = all(recording, "aws:ecr/repository:Repository");
    expect(repositories.map(({ inputs }) => inputs["name"])).toEqual(["test/web", "test/backend"]);
    for (const { inputs } of repositories) {
      expect(inputs).toMatchObject({
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        forceDelete: false,
      });
    }
    expect(await value(recording.result.address)).toBe("111122223333.dkr.ecr.eu-central-1.amazonaws.com/test");
  });

  /** What goes from a repository, rule by rule. */
  const expiring = async (args: Parameters<typeof ecr>[0]) => {
    const { inputs } = only(await ecr(args), "aws:ecr/lifecyclePolicy:LifecyclePolicy", "registry-web");
    return (JSON.parse(inputs["policy"] as string) as { rules: readonly object[] }).rules;
  };
  const untagged = { selection: { tagStatus: "untagged", countUnit: "days", countNumber: 7 } };

  it("keep every image with a tag where nothing may go that runs, and lose what has none after a week", async () => {
    expect(await expiring({})).toMatchObject([untagged]);
    expect(await expiring({ keepImages: 7 })).toMatchObject([untagged]);
  });

  it("keep as many as they are told elsewhere, a hundred unless told", async () => {
    const counted = (countNumber: number) => [
      untagged,
      { rulePriority: 2, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber } },
    ];
    expect(await expiring({ durable: false })).toMatchObject(counted(100));
    expect(await expiring({ durable: false, keepImages: 7 })).toMatchObject(counted(7));
  });

  it("go with their images only where nothing has to last", async () => {
    const lasting = all(await ecr(), "aws:ecr/repository:Repository");
    expect(lasting.map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).toEqual([
      [true, true],
      [true, true],
    ]);
    const repositories = all(await ecr({ durable: false }), "aws:ecr/repository:Repository");
    expect(repositories.map(({ protect, inputs }) => [protect, inputs["forceDelete"]])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  it("keep copies of what needs no credentials, for the nodes that are the stack's own", async () => {
    const rules = all(await ecr({ nodeRoleArn }), "aws:ecr/pullThroughCacheRule:PullThroughCacheRule");
    expect(rules.map(({ inputs }) => inputs["upstreamRegistryUrl"])).toEqual(Object.values(cachedByEcr));
    expect(rules.filter(({ inputs }) => "credentialArn" in inputs)).toEqual([]);
    expect(all(await ecr(), "aws:ecr/pullThroughCacheRule:PullThroughCacheRule")).toEqual([]);
  });

  it("take a copy's tag as it moves, drop only what no tag points to, and pull nothing that nodes may not fill", async () => {
    const recording = await ecr({ nodeRoleArn });
    const templates = all(recording, "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate");
    expect(templates).toHaveLength(Object.keys(cachedByEcr).length);
    for (const { inputs } of templates) {
      expect(inputs["imageTagMutability"]).toBe("MUTABLE");
      const { rules } = JSON.parse(inputs["lifecyclePolicy"] as string) as { rules: unknown[] };
      expect(rules).toMatchObject([{ selection: { tagStatus: "untagged" } }]);
    }
    const mayFill = only(recording, "aws:iam/rolePolicy:RolePolicy").urn;
    for (const rule of all(recording, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule")) {
      expect(rule.dependencies).toContain(mayFill);
    }
  });

  it("let the nodes fill those copies and nothing else", async () => {
    const { inputs } = only(await ecr({ nodeRoleArn }), "aws:iam/rolePolicy:RolePolicy");
    expect(inputs["role"]).toBe("holdfast-test-node");
    const repository = "arn:aws:ecr:eu-central-1:111122223333:repository";
    expect(inputs["policy"]).toBe(
      fillCaches(`${repository}/test/web`, ["cache-test/quay", "cache-test/k8s", "cache-test/public"]),
    );
    const { Statement } = JSON.parse(inputs["policy"] as string) as { Statement: unknown };
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: ["quay", "k8s", "public"].map((upstream) => `${repository}/cache-test/${upstream}/*`),
      },
    ]);
  });
});

describe("a registry on Azure", () => {
  it("opens to no password and to nobody unknown, and is in three zones where it must last", async () => {
    const [kept, gone] = [await acr(true), await acr(false)].map((one) =>
      only(one, "azure-native:containerregistry:Registry"),
    );
    expect([kept?.protect, kept?.retainOnDelete, gone?.protect, gone?.retainOnDelete]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const lasting = kept?.inputs;
    expect(lasting).toMatchObject({
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      networkRuleBypassOptions: "None",
      sku: { name: "Premium" },
      zoneRedundancy: "Enabled",
    });
    // Pods ask for digests, and a retention policy deletes the digest whose tag has moved on.
    expect(lasting).not.toHaveProperty("policies");
    const passing = gone?.inputs;
    expect(passing).toMatchObject({ adminUserEnabled: false, anonymousPullEnabled: false, sku: { name: "Standard" } });
    // What only Premium has is refused elsewhere.
    expect(passing).toMatchObject({ zoneRedundancy: "Disabled" });
    expect(passing).not.toHaveProperty("policies");
  });

  it("lets the nodes pull from it and nothing else", async () => {
    const recording = await acr(true);
    const { inputs } = only(recording, "azure-native:authorization:RoleAssignment");
    expect(inputs).toMatchObject({ principalId: "kubelet", scope: "registry-id" });
    expect(inputs["roleDefinitionId"]).toContain(azureRoles.acrPull);
  });

  it("keeps copies of what needs no credentials, and says where it is", async () => {
    const recording = await acr(true);
    const rules = all(recording, "azure-native:containerregistry:CacheRule").map(({ inputs }) => inputs);
    expect(rules.map((rule) => rule["sourceRepository"])).toEqual(Object.values(cachedByAcr).map((one) => `${one}/*`));
    expect(rules.map((rule) => rule["targetRepository"])).toEqual(Object.keys(cachedByAcr).map((one) => `${one}/*`));
    expect(rules.filter((rule) => "credentialSetResourceId" in rule)).toEqual([]);
    expect(await value(recording.result.address)).toMatch(/^holdfasttest[0-9a-f]{12}\.azurecr\.io$/);
  });
});

describe("names of a registry", () => {
  const environments = fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/).filter((name) => !name.includes("--"));
  const apps = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,25}$/);
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
  const repository = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

  it("fit what ECR and ACR take, whatever the environment and the service", () => {
    fc.assert(
      fc.property(environments, apps, fc.domain(), (environment, app, owner) => {
        const name = repositoryName(environment, app);
        expect(name).toMatch(repository);
        expect(name.length).toBeLessThanOrEqual(256);
        expect(registryName(environment, owner)).toMatch(/^[a-zA-Z0-9]{5,50}$/);
      }),
    );
  });

  it("of copies fit too, with dashes at odd places, and are each environment's own", () => {
    const odd = fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/);
    fc.assert(
      fc.property(odd, odd, fc.constantFrom("quay", "k8s", "public"), (one, other, upstream) => {
        const prefix = cachePrefix(one, upstream);
        expect(prefix).toMatch(repository);
        expect(prefix.length).toBeLessThanOrEqual(30);
        expect(cachePrefix(other, upstream) === prefix).toBe(one === other);
      }),
    );
  });

  it("tell owners and environments apart", () => {
    expect(registryName("test", "example.com")).not.toBe(registryName("test", "example.org"));
    expect(registryName("a-b", "example.com")).not.toBe(registryName("ab", "example.com"));
  });

  it("refuse a service that gives none, and say so", () => {
    expect(() => repositoryName("test", "Web_")).toThrow(/gives the repository "test\/Web_"/);
  });
});
