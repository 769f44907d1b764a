import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { planCatalogues } from "../../../components/node-pools/catalogues";
import { quantity } from "../../../src/config/quantity";
import { clouds, type Cloud } from "../../../src/config/stack-config";

const allPlans = clouds.flatMap((cloud) => Object.values(planCatalogues[cloud].plans).map((plan) => ({ cloud, plan })));

function resources(cloud: Cloud, name: string) {
  const { plans, nodeResources } = planCatalogues[cloud];
  const plan = plans[name];
  if (plan === undefined) throw new Error(`no plan ${name}`);
  return nodeResources(plan);
}

describe("a plan catalogue", () => {
  it.each(allPlans)("$cloud, $plan.name: leaves pods most of what it has, and never more", ({ cloud, plan }) => {
    const { capacity, allocatable } = planCatalogues[cloud].nodeResources(plan);
    expect(Object.keys(allocatable)).toEqual(Object.keys(capacity));
    expect(quantity(capacity["memory"] ?? "")).toBeLessThan(plan.memoryGiB * 2 ** 30);
    for (const [resource, amount] of Object.entries(capacity)) {
      const [has, gives] = [quantity(amount) ?? NaN, quantity(allocatable[resource] ?? "") ?? NaN];
      expect(gives).toBeLessThanOrEqual(has);
      expect(gives).toBeGreaterThan(has * 0.6);
    }
    expect(capacity["nvidia.com/gpu"]).toBe(plan.gpus > 0 ? `${plan.gpus}` : undefined);
    expect(plan.gpuModel === undefined).toBe(plan.gpus === 0);
  });

  it.each(clouds)("%s: recommends plans of its own, one of 8 vCPUs and 32 GiB and one with a GPU", (cloud) => {
    const { plans, generalExample, gpuExample } = planCatalogues[cloud];
    expect(plans[generalExample]).toMatchObject({ vcpus: 8, memoryGiB: 32, gpus: 0 });
    expect(plans[gpuExample]).toMatchObject({ gpus: 1 });
  });

  it.each(clouds)("%s: refuses no plan that it has, and recommends none that it hasn't", (cloud) => {
    const { plans, unsupported } = planCatalogues[cloud];
    expect(Object.keys(plans).filter((name) => unsupported(name) !== undefined)).toEqual([]);
  });

  it.each<[Cloud, string, RegExp]>([
    ["aws", "t3.large", /Burstable.*m7i\.large/],
    ["aws", "t4g.micro", /Burstable/],
    ["aws", "m7g.xlarge", /ARM/],
    ["aws", "g5g.xlarge", /ARM/],
    ["aws", "c7gn.large", /ARM/],
    ["aws", "g4dn.xlarge", /older.*g7e\.4xlarge/],
    ["aws", "inf2.xlarge", /not NVIDIA's/],
    ["azure", "Standard_B4ms", /throttled.*Standard_D4s_v6/],
    ["azure", "Standard_D4ps_v5", /ARM/],
    ["azure", "Standard_E8pds_v6", /ARM/],
    ["azure", "Standard_NC36ds_xl_RTXPRO6000BSE_v6", /part of a GPU.*NC144ds/],
    ["azure", "Standard_NC6s_v3", /too old/],
  ])("%s: says of %s what is wrong with it", (cloud, name, says) => {
    expect(planCatalogues[cloud].unsupported(name)).toMatch(says);
  });

  it("of EKS takes as many pods as addresses and EKS itself allow", () => {
    const pods = [
      "m7i.large",
      "m7i.2xlarge",
      "m8i.2xlarge",
      "m7i.4xlarge",
      "m7i.8xlarge",
      "m7i.16xlarge",
      "p5.48xlarge",
    ];
    expect(pods.map((name) => resources("aws", name).capacity["pods"])).toEqual(
      ["29", "58", "110", "110", "234", "250", "100"], // of 29, 58, 118, 234, 234, 737 and 100 addresses
    );
  });

  it("of EKS keeps 255Mi and 11Mi a pod, with the eviction threshold: 993Mi for 58 pods", () => {
    const { capacity, allocatable } = resources("aws", "m7i.2xlarge");
    const kept = (quantity(capacity["memory"] ?? "") ?? NaN) - (quantity(allocatable["memory"] ?? "") ?? NaN);
    expect(kept / 2 ** 20).toBeCloseTo(255 + 11 * 58 + 100, 2);
    expect(allocatable["cpu"]).toBe("7910m");
  });

  it("of AKS keeps what its table says of the CPU, and 20Mi a pod and 50Mi of the memory, or a quarter", () => {
    const cpus = ["Standard_D2s_v6", "Standard_D8s_v6", "Standard_D64s_v6", "Standard_NC24ads_A100_v4"];
    expect(cpus.map((name) => resources("azure", name).allocatable["cpu"])).toEqual([
      "1900m",
      "7820m",
      "63260m",
      "23660m",
    ]);
    const kept = (name: string) => {
      const { capacity, allocatable } = resources("azure", name);
      const has = quantity(capacity["memory"] ?? "") ?? NaN;
      return { mi: (has - (quantity(allocatable["memory"] ?? "") ?? NaN)) / 2 ** 20, quarter: has / 4 / 2 ** 20 };
    };
    expect(kept("Standard_D8s_v6").mi).toBeCloseTo(20 * 110 + 50 + 100, 2);
    const small = kept("Standard_D2s_v6");
    expect(small.mi).toBeCloseTo(small.quarter + 100, 2);
  });

  it("of AKS keeps more of a larger node, and never all of it", () => {
    const { nodeResources } = planCatalogues.azure;
    const millis = (vcpus: number) => {
      const plan = { name: "x", vcpus, memoryGiB: 4 * vcpus, diskGiB: 100, gpus: 0 };
      return vcpus * 1000 - (quantity(nodeResources(plan).allocatable["cpu"] ?? "") ?? NaN) * 1000;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 415 }), (vcpus) => {
        expect(millis(vcpus)).toBeGreaterThan(0);
        expect(millis(vcpus)).toBeLessThan(millis(vcpus + 1));
        expect(millis(vcpus)).toBeLessThan(vcpus * 1000);
      }),
    );
  });
});
