import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { planCatalogues } from "../../../components/node-pools/catalogues";
import { onOtherCloud, stackFileOnOtherCloud } from "../../../src/config/other-cloud";
import { apps } from "../../../src/apps";
import { quantity } from "../../../src/config/quantity";
import { clouds, type Cloud, type CloudStackConfig } from "../../../src/config/stack-config";
import { onCloud, read, shipped, shippedText, stacks, type Draft, type Stack } from "./stack-files";

const everywhere = stacks.flatMap((stack) => clouds.map((cloud) => [stack, cloud] as const));

function on(stack: Stack, cloud: Cloud): CloudStackConfig {
  const file = read(stackFileOnOtherCloud(shippedText(stack), cloud), stack);
  expect(file.ok && file.warnings).toEqual([]);
  return onCloud(file);
}

describe("a stack file on another cloud", () => {
  it.each(everywhere)("%s on %s: is sound, with the same services and as many nodes", (stack, cloud) => {
    const [here, there] = [on(stack, "linode"), on(stack, cloud)];
    expect(there.cloud).toBe(cloud);
    expect(there.apps).toEqual(here.apps);
    expect(there.domains).toEqual(here.domains);
    expect(there.cluster.kind).toBe(here.cluster.kind);
    const counts = (config: CloudStackConfig) =>
      Object.entries(config.nodePools).map(([name, p]) => [name, p.count, p.autoscaling, p.purpose]);
    expect(counts(there)).toEqual(counts(here));
  });

  it.each(everywhere)(
    "%s on %s: has room on its first nodes for every service at its fewest replicas",
    (stack, cloud) => {
      const { nodePools, apps: services } = on(stack, cloud);
      const free = { general: { cpu: 0, memory: 0 }, inference: { cpu: 0, memory: 0 } };
      for (const { plan: name, count, purpose } of Object.values(nodePools)) {
        const plan = planCatalogues[cloud].plans[name];
        if (plan === undefined) throw new Error(`no plan ${name}`);
        const { allocatable } = planCatalogues[cloud].nodeResources(plan);
        free[purpose].cpu += count * (quantity(allocatable["cpu"] ?? "") ?? NaN);
        free[purpose].memory += count * (quantity(allocatable["memory"] ?? "") ?? NaN);
      }
      for (const [name, { replicas }] of Object.entries(services)) {
        const { requests, gpus } = apps[name]?.resources ?? { requests: { cpu: "", memory: "" }, gpus: 0 };
        const pool = free[gpus > 0 ? "inference" : "general"];
        pool.cpu -= replicas.min * (quantity(requests.cpu) ?? NaN);
        pool.memory -= replicas.min * (quantity(requests.memory) ?? NaN);
      }
      expect(Math.min(free.general.cpu, free.general.memory)).toBeGreaterThan(0);
      expect(Math.min(free.inference.cpu, free.inference.memory)).toBeGreaterThanOrEqual(0);
    },
  );

  it("keeps the file as it is where the cloud stays, comments included", () => {
    const text = shippedText("production");
    expect(parse(stackFileOnOtherCloud(text, "linode"))).toEqual(parse(text));
    const moved = stackFileOnOtherCloud(text, "aws");
    expect(moved).toContain("# Images by digest only.");
    expect((parse(moved) as Draft).config["holdfast:apps"]).toEqual(shipped("production").config["holdfast:apps"]);
  });

  it("leaves out what the other cloud doesn't have", () => {
    const draft = shipped("production");
    draft.config["linode:token"] = { secure: "v1:a" };
    const aws = stackFileOnOtherCloud(JSON.stringify(draft), "aws");
    expect(aws).not.toContain("linode:token");
    expect(aws).not.toContain("2001:db8");
    expect(aws).toContain("192.0.2.0/24");
    const sections = { cloud: "aws", nodePools: { a: { plan: "m7i.large", count: 1, diskGiB: 200, spot: true } } };
    expect(onOtherCloud(sections, "linode")["nodePools"]).toEqual({ a: { plan: "g6-standard-8", count: 1 } });
    expect(onOtherCloud(sections, "azure")["nodePools"]).toEqual({
      a: { plan: "Standard_D8s_v6", count: 1, diskGiB: 200, spot: true },
    });
  });

  it("is refused where the text is no stack file", () => {
    expect(() => stackFileOnOtherCloud("config: [", "aws")).toThrow(/not a stack file/);
    expect(() => stackFileOnOtherCloud("a: b", "aws")).toThrow(/no map config/);
  });
});
