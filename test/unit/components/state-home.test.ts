import type * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStateHomeName, stateNames } from "../../../components/state";
import { AwsStateHome } from "../../../components/state/aws-state-home";
import { AzureStateHome } from "../../../components/state/azure-state-home";
import { LinodeStateHome } from "../../../components/state/linode-state-home";
import { checkRequest } from "../../../src/state/request";
import { inTheClear, record } from "./recorder";

const make: Readonly<Record<string, () => pulumi.ComponentResource>> = {
  linode: () => new LinodeStateHome("state", { name: "acme", region: "fr-par" }),
  aws: () => new AwsStateHome("state", { name: "acme", region: "eu-west-3" }),
  azure: () => new AzureStateHome("state", { name: "acme", region: "francecentral" }),
};

describe.each(Object.entries(make))("a state home on %s", (_cloud, home) => {
  it("protects and retains everything that it makes", async () => {
    const { resources } = await record(home);
    const own = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(own.length).toBeGreaterThan(1);
    expect(own.filter(({ protect, retainOnDelete }) => !(protect && retainOnDelete))).toEqual([]);
  });
});

describe("what holds the state", () => {
  it("is turned to TLS, versioned and encrypted by our own rotated key on AWS", async () => {
    const { resources } = await record(make["aws"] as () => unknown);
    const inputsOf = (type: string) => resources.find((one) => one.type === type)?.inputs ?? {};
    expect(inputsOf("aws:kms/key:Key")).toMatchObject({ enableKeyRotation: true });
    expect(inputsOf("aws:s3/bucketVersioning:BucketVersioning")).toMatchObject({
      versioningConfiguration: { status: "Enabled" },
    });
    expect(
      inputsOf("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
    ).toMatchObject({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] });
    expect(JSON.parse(String(inputsOf("aws:s3/bucketPolicy:BucketPolicy")["policy"]))).toMatchObject({
      Statement: [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    });
  });

  it("lets in no account key and no stranger on Azure, and the secrets' key can't be purged", async () => {
    const { resources } = await record(make["azure"] as () => unknown);
    const inputsOf = (type: string) => resources.find((one) => one.type === type)?.inputs;
    expect(inputsOf("azure-native:storage:StorageAccount")).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      minimumTlsVersion: "TLS1_2",
    });
    expect(inputsOf("azure-native:keyvault:Vault")).toMatchObject({
      properties: { enablePurgeProtection: true, enableRbacAuthorization: true },
    });
  });

  it("is opened on Linode by a key for this bucket alone, which is nowhere in the clear", async () => {
    const recording = await record(make["linode"] as () => unknown);
    const key = recording.resources.find(({ type }) => type === "linode:index/objectStorageKey:ObjectStorageKey");
    expect(key?.inputs["bucketAccesses"]).toEqual([
      { bucketName: stateNames("acme").bucket, region: "fr-par", permissions: "read_write" },
    ]);
    expect(inTheClear(recording)).not.toMatch(/plain-(access|secret)-key/);
  });
});

/** Names that may be asked for, up to the longest. */
const anyName = fc.stringMatching(/^[a-z](-?[a-z0-9]){1,29}$/).filter(isStateHomeName);

describe("a state home's names", () => {
  it("keep to each service's limits, whatever the home is called", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const names = stateNames(name);
        expect(names.bucket).toMatch(/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        expect(names.storageAccount).toMatch(/^[a-z0-9]{3,24}$/);
        expect(names.vault).toMatch(/^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/);
        expect(names.keyAlias).toMatch(/^alias\/(?!aws\/)[\w/-]{1,250}$/);
        expect(names.accessKeyLabel.length).toBeLessThanOrEqual(50);
        expect(names.resourceGroup.length).toBeLessThanOrEqual(90);
      }),
    );
  });

  it("tell homes apart whose short forms are alike", () => {
    const [one, other] = [stateNames("ac-me"), stateNames("acme")];
    expect(one.storageAccount).not.toBe(other.storageAccount);
    expect(one.vault).not.toBe(other.vault);
  });

  it.each(["A", "a", "acme-", "ac--me", "1acme", "a".repeat(31)])("refuse %s", (name) => {
    expect(() => stateNames(name)).toThrow("name: found");
  });
});

describe("what is asked for", () => {
  const around = { terminal: true, passphrase: true };
  const paths = (...[args, there = around]: Parameters<typeof checkRequest> | [Parameters<typeof checkRequest>[0]]) => {
    const checked = checkRequest(args, there);
    return checked.ok ? [] : checked.mistakes.map(({ path }) => path);
  };
  const sound = { cloud: "aws", region: "eu-west-3", name: "acme", rehearse: false, yes: false };

  it("is told all that is wrong at once", () => {
    const args = { cloud: "was", region: "no where", name: "A!", rehearse: false, yes: false };
    expect(paths(args, { terminal: false, passphrase: false })).toEqual([
      "--cloud",
      "--region",
      "--name",
      "PULUMI_CONFIG_PASSPHRASE",
      "--yes",
    ]);
  });

  it("needs a passphrase, and somebody's yes, but for a rehearsal", () => {
    const bare = { terminal: false, passphrase: false };
    expect(paths(sound)).toEqual([]);
    expect(paths(sound, { ...around, terminal: false })).toEqual(["--yes"]);
    expect(paths({ ...sound, yes: true }, { ...around, terminal: false })).toEqual([]);
    expect(paths({ ...sound, rehearse: true }, bare)).toEqual([]);
  });

  it("may not be another cloud's region, but one that is newer than the list", () => {
    expect(paths({ ...sound, region: "fr-par" })).toEqual(["--region"]);
    const newer = checkRequest({ ...sound, region: "xx-newplace-1" }, around);
    expect(newer.ok && newer.warnings.join()).toContain("xx-newplace-1");
  });
});
