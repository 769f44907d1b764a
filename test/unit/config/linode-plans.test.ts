import { describe, expect, it } from "vitest";

import { linodeNodeResources, linodePlans, unsupportedLinodePlan } from "../../../components/node-pools/linode-plans";
import { quantity } from "../../../src/config/quantity";

describe("a node of a Linode plan", () => {
  it.each(Object.values(linodePlans))("$name: leaves pods most of what it has, and never more", (plan) => {
    const { capacity, allocatable } = linodeNodeResources(plan);
    for (const [resource, amount] of Object.entries(capacity)) {
      const [has, gives] = [quantity(amount) ?? NaN, quantity(allocatable[resource] ?? "") ?? NaN];
      expect(gives).toBeLessThanOrEqual(has);
      expect(gives).toBeGreaterThan(has * 0.6);
    }
    expect(Object.keys(allocatable)).toEqual(Object.keys(capacity));
  });

  it("has its GPUs, whole", () => {
    const plan = linodePlans["g3-gpu-rtxpro6000-blackwell-4"];
    expect(plan && linodeNodeResources(plan).allocatable).toMatchObject({ "nvidia.com/gpu": "4", pods: "110" });
    const none = linodePlans["g6-standard-8"];
    expect(none && linodeNodeResources(none).capacity).not.toHaveProperty(["nvidia.com/gpu"]);
  });

  it("keeps back what the graded reservation says: 90m CPU and 3.56Gi of 32, with the eviction threshold", () => {
    const plan = linodePlans["g6-standard-8"];
    const resources = plan && linodeNodeResources(plan);
    expect(resources?.allocatable["cpu"]).toBe("7910m");
    // 96 % of 32Gi is 30.72Gi, of which 1 + 0.8 + 0.8 + 14.72 × 6 % and 100Mi are kept back.
    expect((quantity(resources?.allocatable["memory"] ?? "") ?? 0) / 2 ** 30).toBeCloseTo(27.139, 3);
  });

  it("is not to be had of plans that LKE refuses, each with what to take instead", () => {
    for (const name of ["g1-gpu-rtx6000-1", "g1-gpu-rtx6000-4", "g6-nanode-1", "g1-accelerated-netint-vpu-t1u1-s"]) {
      expect(linodePlans).not.toHaveProperty([name]);
      expect(unsupportedLinodePlan(name)).toMatch(/g[236]-/);
    }
    expect(Object.keys(linodePlans).filter((name) => unsupportedLinodePlan(name) !== undefined)).toEqual([]);
  });
});
