import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import * as linode from "@pulumi/linode";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keeping, type BucketUse } from "../../../components/objects";
import { BlobBucket, blobBucketFor } from "../../../components/objects/blob-bucket";
import { LinodeBucket, linodeBucketFor } from "../../../components/objects/linode-bucket";
import { S3Bucket, s3BucketFor } from "../../../components/objects/s3-bucket";
import { replicate } from "../../../components/objects/s3-policies";
import { only, record, type Recording } from "./recorder";

const uses = Object.keys(keeping) as BucketUse[];
const owner = "example.com";
const region = "fr-par";
const s3 = (use: BucketUse, place: { durable: boolean; replicaRegion?: string }) =>
  record(
    () =>
      new S3Bucket(use, s3BucketFor(use, { environment: "test", owner, ...place }), {
        provider: new AwsProvider("aws", { region: "eu-west-3" }),
      }),
  );
const blob = (use: BucketUse, place: { durable: boolean; replicated: boolean }) =>
  record(() => {
    const where = { environment: "test", region: "francecentral", resourceGroup: "group", owner };
    return new BlobBucket(use, blobBucketFor(use, { ...where, ...place }), { provider: new AzureProvider("azure") });
  });
const onLinode = (use: BucketUse) =>
  record(
    () =>
      new LinodeBucket(use, linodeBucketFor(use, { environment: "test", region, owner, durable: true }), {
        provider: new linode.Provider("linode"),
      }),
  );
const all = (recording: Recording<unknown>, type: string) => recording.resources.filter((one) => one.type === type);
const expiry = (use: BucketUse) => keeping[use].expires;

describe.each(uses)("a bucket for %s", (use) => {
  it("is private, versioned, encrypted, reached over TLS only and tidied on S3, and so is its copy", async () => {
    const recording = await s3(use, { durable: true, replicaRegion: "eu-central-1" });
    const buckets = all(recording, "aws:s3/bucket:Bucket");
    expect(buckets.map(({ inputs }) => inputs["region"])).toEqual([undefined, "eu-central-1"]);
    for (const { name, inputs } of buckets) {
      const of = (kind: string) => only(recording, kind, name).inputs;
      expect(of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")).toMatchObject({
        bucket: inputs["bucket"],
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(of("aws:s3/bucketOwnershipControls:BucketOwnershipControls")).toMatchObject({
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      expect(of("aws:s3/bucketVersioning:BucketVersioning")).toMatchObject({
        versioningConfiguration: { status: "Enabled" },
      });
      expect(
        of("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
      ).toMatchObject({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] });
      expect(JSON.parse(of("aws:s3/bucketPolicy:BucketPolicy")["policy"] as string)).toMatchObject({
        Statement: [{ Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      });
      const { rules } = of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration") as {
        rules: { expiration?: { days: number } }[];
      };
      expect(rules).toMatchObject([
        {
          status: "Enabled",
          noncurrentVersionExpiration: { noncurrentDays: keeping[use].replaced },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ]);
      expect(rules[0]?.expiration?.days).toBe(expiry(use));
    }
    // Each setting in its bucket's region: S3 doesn't find it elsewhere.
    const copies = recording.resources.filter((one) => one.custom && one.name === `${use}-replica`);
    expect(copies.map(({ inputs }) => inputs["region"])).toEqual(copies.map(() => "eu-central-1"));
  });

  it("is private, versioned, encrypted twice, reached over TLS by identities only and tidied on Azure", async () => {
    const recording = await blob(use, { durable: true, replicated: true });
    expect(only(recording, "azure-native:storage:StorageAccount").inputs).toMatchObject({
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      encryption: { requireInfrastructureEncryption: true },
    });
    expect(only(recording, "azure-native:storage:BlobContainer").inputs).toMatchObject({ publicAccess: "None" });
    expect(only(recording, "azure-native:storage:BlobServiceProperties").inputs).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: keeping[use].replaced },
    });
    const { policy } = only(recording, "azure-native:storage:ManagementPolicy").inputs as {
      policy: { rules: { definition: { actions: { baseBlob?: { delete: Record<string, number> } } } }[] };
    };
    const [rule] = policy.rules;
    expect(rule?.definition.actions).toMatchObject({
      version: { delete: { daysAfterCreationGreaterThan: keeping[use].replaced } },
    });
    expect(rule?.definition.actions.baseBlob?.delete["daysAfterModificationGreaterThan"]).toBe(expiry(use));
  });

  it("is private, versioned and tidied on Linode", async () => {
    const { inputs } = only(await onLinode(use), "linode:index/objectStorageBucket:ObjectStorageBucket");
    expect(inputs).toMatchObject({
      acl: "private",
      corsEnabled: false,
      versioning: true,
      lifecycleRules: [
        {
          enabled: true,
          noncurrentVersionExpiration: { days: keeping[use].replaced },
          abortIncompleteMultipartUploadDays: 7,
          ...(expiry(use) !== undefined && { expiration: { days: expiry(use) } }),
        },
      ],
    });
  });
});

describe("a copy in a second region", () => {
  it("is there only where one is asked for", async () => {
    const recording = await s3("models", { durable: true });
    expect(all(recording, "aws:s3/bucket:Bucket")).toHaveLength(1);
    expect(all(recording, "aws:s3/bucketReplicationConfig:BucketReplicationConfig")).toEqual([]);
    expect(all(recording, "aws:iam/role:Role")).toEqual([]);
    const sku = async (durable: boolean, replicated: boolean) =>
      only(await blob("models", { durable, replicated }), "azure-native:storage:StorageAccount").inputs["sku"];
    expect(await sku(true, true)).toEqual({ name: "Standard_RAGZRS" });
    expect(await sku(true, false)).toEqual({ name: "Standard_ZRS" });
    expect(await sku(false, false)).toEqual({ name: "Standard_LRS" });
  });

  it("gets all that is written, and what is deleted, once both keep versions", async () => {
    const recording = await s3("backups", { durable: true, replicaRegion: "eu-central-1" });
    const { inputs, dependencies } = only(recording, "aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    expect(inputs).toMatchObject({
      rules: [{ status: "Enabled", filter: { prefix: "" }, deleteMarkerReplication: { status: "Enabled" } }],
    });
    const versioning = all(recording, "aws:s3/bucketVersioning:BucketVersioning").map(({ urn }) => urn);
    expect(versioning).toHaveLength(2);
    expect(versioning.filter((urn) => !dependencies.includes(urn))).toEqual([]);
  });

  it("is filled by a role that reads the one, writes the other and does nothing else", () => {
    const { Statement } = JSON.parse(replicate("arn:aws:s3:::from", "arn:aws:s3:::to")) as {
      Statement: { Action: string[]; Resource: string }[];
    };
    const on = (resource: string) =>
      Statement.filter(({ Resource }) => Resource === resource).flatMap(({ Action }) => Action);
    expect(on("arn:aws:s3:::to/*")).toEqual(["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]);
    const reading = [...on("arn:aws:s3:::from"), ...on("arn:aws:s3:::from/*")];
    expect(reading.filter((action) => !/^s3:(Get|List)/.test(action))).toEqual([]);
    expect(Statement).toHaveLength(3);
  });
});

describe("backups", () => {
  it("can't be deleted for a while, by whoever holds a role, where they must last", async () => {
    const recording = await s3("backups", { durable: true, replicaRegion: "eu-central-1" });
    expect(all(recording, "aws:s3/bucket:Bucket").map(({ inputs }) => inputs["objectLockEnabled"])).toEqual([
      true,
      true,
    ]);
    for (const { inputs } of all(recording, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")) {
      expect(inputs).toMatchObject({ rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } });
    }
    const onAzure = await blob("backups", { durable: true, replicated: true });
    expect(only(onAzure, "azure-native:storage:BlobContainer").inputs).toMatchObject({
      immutableStorageWithVersioning: { enabled: true },
    });
    const policy = only(onAzure, "azure-native:storage:BlobContainerImmutabilityPolicy");
    expect(policy.inputs).toMatchObject({ immutabilityPeriodSinceCreationInDays: 30 });
  });

  it("of other environments, and other objects, can", async () => {
    for (const recording of [await s3("backups", { durable: false }), await s3("exports", { durable: true })]) {
      expect(only(recording, "aws:s3/bucket:Bucket").inputs["objectLockEnabled"]).toBeUndefined();
    }
    const passing = await blob("backups", { durable: false, replicated: false });
    expect(all(passing, "azure-native:storage:BlobContainerImmutabilityPolicy")).toEqual([]);
  });
});

it("a bucket keeps its settings as long as itself where it must last, and neither elsewhere", async () => {
  for (const durable of [true, false]) {
    const made = [
      ...(await s3("models", { durable })).resources,
      ...(await blob("models", { durable, replicated: false })).resources,
    ];
    const kept = made.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(kept.length).toBeGreaterThan(8);
    expect(kept.map(({ protect, retainOnDelete }) => protect && retainOnDelete)).toEqual(kept.map(() => durable));
  }
});

it("names of buckets fit what each cloud takes, whatever the environment and its owner", () => {
  const environments = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,9}$/);
  fc.assert(
    fc.property(environments, fc.domain(), fc.constantFrom(...uses), (environment, someone, use) => {
      const place = { environment, owner: someone, durable: true };
      const onAws = s3BucketFor(use, { ...place, replicaRegion: "eu-central-1" });
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
      for (const name of [onAws.bucket, onAws.replica?.bucket])
        expect(name).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      expect(onAws.replica?.bucket).not.toBe(onAws.bucket);
      expect(linodeBucketFor(use, { ...place, region }).label).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      const azure = blobBucketFor(use, { ...place, region: "westeurope", resourceGroup: "group", replicated: true });
      expect(azure.account).toMatch(/^[a-z0-9]{3,24}$/);
      expect(azure.container).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
    }),
  );
});
