import { Cluster } from "@pulumi/aws/eks/cluster";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import { Repository } from "@pulumi/aws/ecr/repository";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { Provider } from "@pulumi/aws/provider";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import type * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { planCatalogues } from "../../components/node-pools";
import { SimulatedClusterHost, startProviders } from "../../src/rehearsal/providers";
import { failure, making, openFixture, type Fixture } from "./providers-fixture";

const clusterType = "aws:eks/cluster:Cluster";
const nodeType = "kubernetes:core/v1:Node";
const plan = Object.keys(planCatalogues.aws.plans)[0] ?? "";

const inRegion = (region = "eu-central-1", tags: Record<string, string> = {}) => ({
  provider: new Provider("aws", { region, defaultTags: { tags } }),
});

const network = (of: pulumi.CustomResourceOptions, cidrs = ["10.16.0.0/19", "10.16.64.0/19", "10.16.128.0/19"]) => {
  const vpc = new Vpc("vpc", { cidrBlock: "10.16.0.0/16", tags: { Name: "unit" } }, of);
  const subnets = cidrs.map(
    (cidrBlock, index) =>
      new Subnet(
        `subnet-${index}`,
        { vpcId: vpc.id, cidrBlock, availabilityZone: `eu-central-1${"abc".charAt(index)}` },
        of,
      ),
  );
  return { vpc, subnets };
};

interface Options {
  readonly version?: string;
  readonly nodes?: number;
  readonly deletionProtection?: boolean;
  readonly type?: string;
}

const platform = ({ version = "1.34", nodes = 4, type = plan, ...rest }: Options = {}) => {
  const of = inRegion();
  const { subnets } = network(of);
  const role = new Role("role", { name: "unit", assumeRolePolicy: "{}" }, of);
  new RolePolicyAttachment(
    "policy",
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
    of,
  );
  const subnetIds = subnets.map(({ id }) => id);
  const cluster = new Cluster(
    "cluster",
    { name: "unit", roleArn: role.arn, version, vpcConfig: { subnetIds }, ...rest },
    of,
  );
  new NodeGroup(
    "general",
    {
      clusterName: cluster.name,
      nodeGroupName: "general",
      nodeRoleArn: role.arn,
      subnetIds,
      instanceTypes: [type],
      labels: { purpose: "unit" },
      taints: [{ key: "only", value: "us", effect: "NO_SCHEDULE" }],
      scalingConfig: { minSize: 0, desiredSize: nodes, maxSize: 9 },
    },
    of,
  );
  return { endpoint: cluster.endpoint, issuer: cluster.identities };
};

describe("the aws stand-in, with the real engine", { timeout: 120_000 }, () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await openFixture();
  });
  afterEach(async () => {
    await fixture.close();
  });

  const run = async (options?: Options, name?: string) =>
    (await fixture.stack(() => Promise.resolve(platform(options)), name)).up();

  it("makes a cluster with nodes in every zone, changes nothing the second time, grows in place, and destroys", async () => {
    const { outputs } = await run();
    expect(outputs.endpoint?.value).toMatch(/^https:/);
    expect(JSON.stringify(outputs.issuer?.value)).toContain("oidc.eks.eu-central-1");
    const nodes = fixture.inventory.list({ type: nodeType });
    const zones = nodes.map(({ properties }) => (properties.metadata as { labels: Record<string, string> }).labels);
    expect(zones.map((labels) => labels["topology.kubernetes.io/zone"]?.at(-1))).toEqual(["a", "b", "c", "a"]);
    expect(zones[0]).toMatchObject({ "node.kubernetes.io/instance-type": plan, purpose: "unit" });
    expect(nodes[0]?.properties).toMatchObject({
      spec: { taints: [{ key: "only", value: "us", effect: "NoSchedule" }] },
    });

    expect((await run()).summary.resourceChanges).toEqual({ same: 10 });
    const larger = await run({ nodes: 6 });
    expect(larger.summary.resourceChanges).toEqual({ same: 9, update: 1 });
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(6);
    expect((await (await fixture.stack(making(platform))).refresh()).summary.resourceChanges).toEqual({ same: 10 });

    await (await fixture.stack(making(platform))).destroy();
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("upgrades in place, one version at a time and never back", async () => {
    await run();
    expect((await run({ version: "1.35" })).summary.resourceChanges).toEqual({ same: 9, update: 1 });
    expect(fixture.inventory.list({ type: clusterType })[0]?.properties.version).toBe("1.35");
    expect(await failure(run({ version: "1.34" }))).toContain("cannot be downgraded: 1.35 to 1.34");
    expect(await failure(run({ version: "1.5" }))).toContain("allowed: 1.35");
  });

  it("keeps a protected cluster, until its protection is off", async () => {
    await run({ deletionProtection: true });
    const stack = await fixture.stack(making(platform));
    expect(await failure(stack.destroy())).toContain("protected from deletion");
    await run({ deletionProtection: false });
    await stack.destroy();
    expect(fixture.inventory.list()).toEqual([]);
  });

  it("brings clusters and nodes back after a restart", async () => {
    await run();
    for (const node of fixture.inventory.list({ type: nodeType })) fixture.inventory.remove(node);
    const clusterHost = new SimulatedClusterHost(fixture.inventory);
    const again = await startProviders({ inventory: fixture.inventory, clusterHost });
    await again.stop();
    expect(fixture.inventory.list({ type: nodeType })).toHaveLength(4);
  });

  it("refuses an instance type that EKS can't run", async () => {
    expect(await failure(run({ type: "m99.huge" }))).toContain("m99.huge");
  });

  it("makes a bucket anew where its name changes, sees that it is gone, and refuses a name that is taken", async () => {
    const bucket = (name: string) =>
      making(() => {
        const of = inRegion("eu-central-1", { environment: "unit" });
        const made = new Bucket("models", { bucket: name, tags: { use: "models" } }, of);
        new BucketVersioning("models", { bucket: made.id, versioningConfiguration: { status: "Enabled" } }, of);
      });
    await (await fixture.stack(bucket("first"))).up();
    const [record] = fixture.inventory.list({ type: "aws:s3/bucket:Bucket" });
    expect(record?.properties.tagsAll).toEqual({ environment: "unit", use: "models" });
    const replaced = await (await fixture.stack(bucket("second"))).up();
    expect(replaced.summary.resourceChanges).toMatchObject({ replace: 2 });
    expect(await failure((await fixture.stack(bucket("second"), "other")).up())).toContain("AlreadyExists");

    const stack = await fixture.stack(bucket("second"));
    fixture.inventory.remove({ type: "aws:s3/bucket:Bucket", id: "second" });
    expect((await stack.refresh()).summary.resourceChanges).toMatchObject({ delete: 1 });
    expect((await stack.up()).summary.resourceChanges).toMatchObject({ create: 1 });
  });

  it.each([
    {
      what: "a bucket with objects",
      code: "BucketNotEmpty",
      make: (force: boolean) => new Bucket("b", { bucket: "models", forceDestroy: force }, inRegion()),
      content: { type: "object", id: "weights", partOf: { type: "aws:s3/bucket:Bucket", id: "models" } },
    },
    {
      what: "a repository with images",
      code: "RepositoryNotEmptyException",
      make: (force: boolean) => new Repository("r", { name: "models", forceDelete: force }, inRegion()),
      content: { type: "image", id: "weights", partOf: { type: "aws:ecr/repository:Repository", id: "models" } },
    },
  ])("keeps $what, until it is told to delete what is in it too", async ({ code, make, content }) => {
    await (await fixture.stack(making(() => make(false)))).up();
    fixture.inventory.put({ ...content, label: content.id, properties: {} });
    const refused = await failure((await fixture.stack(making(() => make(false)))).destroy());
    expect(refused).toMatch(new RegExp(`${code}.*models.*weights`, "s"));
    expect(fixture.inventory.get(content.partOf)).toBeDefined();
    const forced = await fixture.stack(making(() => make(true)));
    await forced.up();
    await forced.destroy();
    expect(fixture.inventory.get(content.partOf)).toBeUndefined();
  });

  it("refuses a subnet outside its network, or over another", async () => {
    const subnets = (...cidrs: string[]) => fixture.stack(making(() => network(inRegion(), cidrs)));
    expect(await failure((await subnets("10.17.0.0/24")).up())).toContain("not within 10.16.0.0/16");
    expect(await failure((await subnets("10.16.0.0/24", "10.16.0.128/25")).up())).toContain("InvalidSubnet.Conflict");
  });

  it("refuses what hangs on nothing, and to delete what something hangs on", async () => {
    const orphan = await fixture.stack(
      making(() => new Subnet("s", { vpcId: "vpc-gone", cidrBlock: "10.16.0.0/24" }, inRegion())),
    );
    expect(await failure(orphan.up())).toMatch(/InvalidVpcID.NotFound.*vpc-gone/s);
    await (
      await fixture.stack(
        making(() => network(inRegion(), [])),
        "network",
      )
    ).up();
    const vpcId = fixture.inventory.list({ type: "aws:ec2/vpc:Vpc" })[0]?.id ?? "";
    const guest = making(() => new Subnet("s", { vpcId, cidrBlock: "10.16.0.0/24" }, inRegion()));
    await (await fixture.stack(guest, "guest")).up();
    expect(await failure((await fixture.stack(guest, "network")).destroy())).toContain("DependencyViolation");
  });

  it("wants a name that people go by, makes the others up and keeps them, and answers for the zones", async () => {
    const nameless = making(() => new Role("role", { assumeRolePolicy: "{}" }, inRegion()));
    expect(await failure((await fixture.stack(nameless)).preview())).toContain("name");
    const stray = making(() => new Role("role", { name: "unit", assumeRolePolicy: "{}" }, inRegion("frankfurt")));
    expect(await failure((await fixture.stack(stray)).preview())).toContain("frankfurt is no region");

    const template = (instanceType: string) => () => {
      const of = inRegion("eu-west-1");
      const { name } = new LaunchTemplate("template", { namePrefix: "unit-", instanceType }, of);
      return Promise.resolve({ name, zones: getAvailabilityZonesOutput({}, of).names });
    };
    const { outputs } = await (await fixture.stack(template("m7i.large"))).up();
    expect(outputs.name?.value).toMatch(/^unit-\w{7}$/);
    expect(outputs.zones?.value).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect((await (await fixture.stack(template("m7i.xlarge"))).up()).outputs.name?.value).toBe(outputs.name?.value);
  });
});
