import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";

import { planSubnets } from "../../../components/network/plan-subnets";
import { awsZoneAddresses } from "../../../components/network/pod-addresses";
import type { Mistake } from "../../../src/config/mistake";
import { onOtherCloud } from "../../../src/config/other-cloud";
import { mistakesBetween } from "../../../src/config/stack-folder";
import type { Cloud } from "../../../src/config/stack-config";
import { onCloud, paths, read, set, shipped, type Draft, type Stack } from "./stack-files";
import { stringify } from "yaml";

/** A shipped stack file, moved to a cloud, to be broken. */
function moved(cloud: Cloud, stack: Stack = "production"): Draft {
  const { config } = shipped(stack);
  const sections = Object.entries(config).map(([key, value]) => [key.slice("holdfast:".length), value]);
  const there = onOtherCloud(Object.fromEntries(sections) as Record<string, unknown>, cloud);
  return { config: Object.fromEntries(Object.entries(there).map(([key, value]) => [`holdfast:${key}`, value])) };
}

function mistakesOf(draft: Draft): readonly Mistake[] {
  const file = read(draft);
  return file.ok ? [] : file.mistakes;
}

const pools = ["config", "holdfast:nodePools"];
const version = ["config", "holdfast:cluster", "kubernetesVersion"];
const region = ["config", "holdfast:region"];
const range = ["config", "holdfast:network", "range"];

/** What is planted, where it is said, what is said. */
type Case = readonly [cloud: Cloud, path: readonly string[], value: unknown, at: string, says: RegExp];

const mistakes: readonly Case[] = [
  [
    "aws",
    [...pools, "baseline", "plan"],
    "m7i.2xlarg",
    "nodePools.baseline.plan",
    /EKS has no such plan.*m7i\.2xlarge/s,
  ],
  ["aws", [...pools, "gpu", "plan"], "g1-gpu-rtx6000-1", "nodePools.gpu.plan", /EKS has no such plan/],
  ["aws", [...pools, "gpu", "plan"], "g3-gpu-rtxpro6000-blackwell-1", "nodePools.gpu.plan", /of LKE\. On EKS.*g7e/],
  ["aws", [...pools, "baseline", "plan"], "t3.large", "nodePools.baseline.plan", /Burstable/],
  ["aws", [...pools, "baseline", "plan"], "m7g.2xlarge", "nodePools.baseline.plan", /ARM/],
  [
    "azure",
    [...pools, "baseline", "plan"],
    "Standard_D8s_v7",
    "nodePools.baseline.plan",
    /AKS has no such.*Standard_D8s_v[56]/s,
  ],
  ["azure", [...pools, "baseline", "plan"], "Standard_B8ms", "nodePools.baseline.plan", /throttled/],
  ["azure", [...pools, "gpu", "plan"], "Standard_NV6ads_A10_v5", "nodePools.gpu.plan", /part of a GPU.*NV36ads/],
  ["linode", [...pools, "baseline", "plan"], "m7i.large", "nodePools.baseline.plan", /of EKS\. On LKE/],
  ["aws", region, "eu-west-1a", "region", /a zone.*eu-west-1\./],
  ["aws", region, "eu-wset-3", "region", /Did you mean eu-west-3\?/],
  ["aws", region, "us-west-1", "region", /two availability zones.*us-west-2/],
  ["aws", region, "fr-par", "region", /region of linode/],
  ["azure", region, "francecentrl", "region", /Did you mean francecentral\?/],
  ["azure", region, "eu-west-3", "region", /region of aws/],
  ["linode", region, "fr-paar", "region", /Did you mean fr-par\?/],
  ["aws", version, "1.29", "cluster.kubernetesVersion", /no longer offers it.*1\.32/],
  ["azure", version, "1.31", "cluster.kubernetesVersion", /no longer offers it/],
  ["linode", version, "1.30", "cluster.kubernetesVersion", /no longer offers it/],
  ["aws", [...pools, "baseline", "autoscaling"], { min: 5, max: 3 }, "nodePools.baseline.autoscaling.min", /above max/],
  ["aws", [...pools, "baseline", "autoscaling"], { min: 6, max: 500 }, "nodePools.baseline.autoscaling.max", /to 450/],
  ["aws", [...pools, "gpu"], undefined, "apps.vllm", /Add a pool with GPUs.*g7e\.4xlarge/],
  ["azure", [...pools, "gpu"], undefined, "apps.vllm", /Add a pool with GPUs.*Standard_NC24ads_A100_v4/],
  ["linode", [...pools, "baseline", "diskGiB"], 100, "nodePools.baseline.diskGiB", /brings its disk/],
  ["linode", [...pools, "baseline", "spot"], true, "nodePools.baseline.spot", /no spot capacity/],
  ["aws", [...pools, "baseline", "spot"], true, "nodePools.baseline.spot", /nodes that stay/],
  ["aws", range, "172.20.0.0/16", "network.range", /EKS has its Services/],
  ["azure", range, "172.30.0.0/16", "network.range", /AKS keeps it/],
  ["aws", range, "11.0.0.0/16", "network.range", /of the internet/],
  ["aws", range, "10.16.0.0/20", "network.range", /size is fixed/],
  ["aws", range, "10.16.4.0/16", "network.range", /Did you mean 10\.16\.0\.0\/16/],
  ["aws", ["config", "linode:token"], { secure: "v1:a" }, "linode:token", /Only stacks on linode/],
  [
    "aws",
    ["config", "holdfast:cluster", "controlPlaneAcl", "ipv6"],
    ["2001:db8::/32"],
    "cluster.controlPlaneAcl.ipv6[0]",
    /EKS takes IPv4/,
  ],
];

describe("a mistake on one cloud", () => {
  it.each(mistakes)("on %s: %j %j is told at %s", (cloud, path, value, at, says) => {
    const draft = moved(cloud);
    expect(paths(read(draft))).toEqual([]);
    set(draft, path, value);
    const file = read(draft);
    if (file.ok) throw new Error("the mistake was not found");
    const place = at.includes(":") ? at : `holdfast:${at}`;
    expect(file.mistakes.filter((one) => one.path === place).map((one) => one.help)).toEqual([
      expect.stringMatching(says),
    ]);
  });
});

describe("what a cloud may have added since the list was made", () => {
  it.each<[Cloud, readonly string[], unknown, string]>([
    ["aws", region, "eu-west-4", "holdfast:region"],
    ["azure", region, "westus4", "holdfast:region"],
    ["linode", region, "fr-par-2", "holdfast:region"],
    ["azure", version, "1.37", "holdfast:cluster.kubernetesVersion"],
  ])("on %s: %j %s is a warning with the list's date, and no mistake", (cloud, path, value, at) => {
    const draft = moved(cloud);
    set(draft, path, value);
    const file = read(draft);
    if (!file.ok) throw new Error(file.report);
    expect(file.warnings).toEqual([{ path: at, found: value, help: expect.stringContaining("2026-11-21") as string }]);
  });
});

describe("a network", () => {
  it("is its tier's by default, and of one's own choice", () => {
    const file = read(moved("aws"));
    expect(onCloud(file).network.range).toBe("10.48.0.0/16");
    const own = moved("aws");
    set(own, range, "192.168.0.0/16");
    const chosen = read(own);
    expect(onCloud(chosen).network.range).toBe("192.168.0.0/16");
  });

  it("must be given where the stack's name is no tier's, and only where one is made", () => {
    for (const [cloud, wanted] of [
      ["aws", ["holdfast:network.range"]],
      ["linode", []],
    ] as const) {
      const draft = moved(cloud);
      set(draft, ["config", "holdfast:tier"], "production");
      expect(paths(read(draft, "europe"))).toEqual(wanted);
    }
  });

  it("that meets another stack's is a mistake of both", () => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-stacks-"));
    try {
      const europe = moved("azure");
      set(europe, ["config", "holdfast:tier"], "production");
      set(europe, range, "10.48.0.0/16");
      const stacks = { production: moved("aws"), europe, development: moved("aws", "development") };
      for (const [stack, draft] of Object.entries(stacks)) {
        writeFileSync(join(folder, `Pulumi.${stack}.yaml`), stringify(draft));
      }
      const found = mistakesBetween(folder);
      expect(found.get("development")).toEqual([]);
      expect(found.get("production")).toMatchObject([
        { path: "holdfast:network.range", help: expect.stringContaining("Pulumi.europe.yaml") as string },
      ]);
      expect(found.get("europe")).toMatchObject([
        { help: expect.stringContaining("Pulumi.production.yaml") as string },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("on AWS has the addresses that its plan of subnets gives to pods", () => {
    for (const zone of planSubnets("10.16.0.0/16", ["a", "b", "c"])) {
      expect(awsZoneAddresses).toBe(2 ** (32 - ipaddr.parseCIDR(zone.private)[1]) - 5);
    }
  });

  it("on AWS bounds the pools of each zone together, at the largest one's maximum", () => {
    const draft = moved("aws");
    // 4 interfaces of 15 addresses a node. Of a zone's 8,187, one of the two GPU nodes has 3 interfaces of 64. Two of the
    // six that always stay are in each zone, and all that Karpenter adds may be in the same.
    set(draft, [...pools, "baseline", "autoscaling"], { min: 6, max: 137 });
    expect(paths(read(draft))).toEqual([]);
    set(draft, [...pools, "baseline", "autoscaling"], { min: 6, max: 138 });
    expect(mistakesOf(draft)).toMatchObject([
      {
        path: "holdfast:nodePools.baseline.autoscaling.max",
        help: expect.stringMatching(/eu-west-3a.*7995 of 8187.*at most 137 nodes/) as string,
      },
    ]);
    // As many that always stay are spread.
    set(draft, [...pools, "baseline"], { plan: "m7i.2xlarge", count: 399 });
    expect(paths(read(draft))).toEqual([]);
    set(draft, [...pools, "baseline"], { plan: "m7i.2xlarge", count: 400 });
    expect(mistakesOf(draft)).toMatchObject([
      { path: "holdfast:nodePools.baseline.count", help: expect.stringMatching(/at most 399 nodes/) as string },
    ]);
    // The others' zones are no matter to a pool that is kept to one.
    set(draft, [...pools, "baseline"], { plan: "m7i.2xlarge", count: 6 });
    set(draft, [...pools, "baseline", "zones"], ["eu-west-3b"]);
    set(draft, [...pools, "gpu", "zones"], ["eu-west-3a"]);
    set(draft, [...pools, "baseline", "autoscaling"], { min: 6, max: 136 });
    expect(paths(read(draft))).toEqual([]);
    set(draft, [...pools, "baseline", "autoscaling"], { min: 6, max: 137 });
    expect(mistakesOf(draft)).toMatchObject([
      { help: expect.stringMatching(/eu-west-3b.*at most 136 nodes/) as string },
    ]);
  });

  it("on AWS has room for Karpenter's own nodes, where no pool keeps enough for it", () => {
    const draft = moved("aws");
    // One of its two nodes, of 3 interfaces of 10 addresses, beside the GPU node and the one that baseline keeps.
    set(draft, [...pools, "baseline", "autoscaling"], { min: 1, max: 132 });
    expect(paths(read(draft))).toEqual([]);
    set(draft, [...pools, "baseline", "autoscaling"], { min: 1, max: 133 });
    expect(mistakesOf(draft)).toMatchObject([
      { help: expect.stringMatching(/7965 of 8187.*at most 132 nodes/) as string },
    ]);
    // A cluster that is joined has its owner's: without GPUs a zone is all for baseline.
    const joining = moved("aws", "staging");
    set(joining, [...pools], { baseline: { plan: "m7i.2xlarge", autoscaling: { min: 1, max: 136 } } });
    expect(paths(read(joining, "staging"))).toEqual([]);
    set(joining, [...pools, "baseline", "autoscaling", "max"], 137);
    expect(paths(read(joining, "staging"))).toEqual(["holdfast:nodePools.baseline.autoscaling.max"]);
  });

  it("on Azure has a range for the pods of 4096 nodes, those of an upgrade among them", () => {
    const draft = moved("azure");
    const plan = "Standard_D8s_v6";
    // 1330 each while they are upgraded, with the two GPU nodes and the baseline's 14: 4006.
    for (const name of ["one", "two", "three"]) set(draft, [...pools, name], { plan, count: 1000 });
    expect(paths(read(draft))).toEqual([]);
    set(draft, [...pools, "baseline", "autoscaling"], { min: 6, max: 90 });
    expect(mistakesOf(draft)).toMatchObject([
      { path: "holdfast:nodePools.one.count", help: expect.stringMatching(/4096 nodes.*at most/) as string },
    ]);
  });
});

describe("spot capacity", () => {
  it("is refused only where all general nodes of a cluster could go at once, or where nothing could run on it", () => {
    for (const [cloud, allowed] of [
      ["aws", true],
      ["azure", false],
    ] as const) {
      const draft = moved(cloud, "development");
      const plan = { aws: "m7i.2xlarge", azure: "Standard_D8s_v6" }[cloud];
      set(draft, [...pools, "cheap"], { plan, count: 1, spot: true });
      expect(paths(read(draft, "development"))).toEqual(allowed ? [] : ["holdfast:nodePools.cheap.spot"]);
    }
    const alone = moved("aws", "development");
    set(alone, [...pools, "baseline", "spot"], true);
    expect(paths(read(alone, "development"))).toEqual(["holdfast:nodePools.baseline.spot"]);
  });
});
