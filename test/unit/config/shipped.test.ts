import { describe, expect, it } from "vitest";

import { linodeNodeResources, linodePlans } from "../../../components/node-pools/linode-plans";
import { apps } from "../../../src/apps";
import { quantity } from "../../../src/config/quantity";
import { namespaceTiers, type CloudStackConfig } from "../../../src/config/stack-config";
import { onCloud, paths, read, set, shipped, stacks, type Stack } from "./stack-files";

function config(stack: Stack): CloudStackConfig {
  return onCloud(read(shipped(stack), stack));
}

describe("the stack files", () => {
  it.each(stacks)("%s: is sound, in the region that the platform is for", (stack) => {
    expect(config(stack)).toMatchObject({ environment: stack, tier: stack, cloud: "linode", region: "fr-par" });
  });

  it("share the non-production cluster, and give production its own", () => {
    expect(config("development").cluster).toMatchObject({ kind: "own", members: ["staging"] });
    expect(config("staging").cluster).toEqual({ kind: "joined", stack: "development" });
    const { cluster } = config("production");
    expect(cluster).toMatchObject({ kind: "own", highAvailability: true, members: [] });
    expect(cluster.kind === "own" && cluster.controlPlaneAcl?.ipv4.length).toBeGreaterThan(0);
  });

  it("have baseline pools of 3 to 6 nodes that scale to 10, and two GPU nodes scaled by hand", () => {
    const baselines = stacks.map((stack) => config(stack).nodePools["baseline"]);
    expect(baselines.map((pool) => pool?.count)).toEqual([3, 4, 6]);
    for (const pool of baselines) expect(pool).toMatchObject({ plan: "g6-standard-8", autoscaling: { max: 10 } });
    for (const stack of ["development", "production"] as const) {
      const gpu = { plan: "g3-gpu-rtxpro6000-blackwell-1", count: 2, autoscaling: undefined, purpose: "inference" };
      expect(config(stack).nodePools["gpu"]).toEqual({
        ...gpu,
        diskGiB: undefined,
        spot: false,
        labels: {},
        taints: [],
        zones: undefined,
      });
    }
  });

  it("run every service in development and production, and in production by digest", () => {
    for (const stack of ["development", "production"] as const) {
      expect(Object.keys(config(stack).apps).sort()).toEqual(Object.keys(apps).sort());
    }
    for (const { image } of Object.values(config("production").apps)) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it.each(stacks)("%s: has room on its first nodes for every service at its fewest replicas", (stack) => {
    const { nodePools, apps: on } = config(stack);
    const free = { general: { cpu: 0, memory: 0 }, inference: { cpu: 0, memory: 0 } };
    for (const { plan: name, count, purpose } of Object.values(nodePools)) {
      const plan = linodePlans[name];
      if (plan === undefined) throw new Error(`no plan ${name}`);
      const { allocatable } = linodeNodeResources(plan);
      free[purpose].cpu += count * (quantity(allocatable["cpu"] ?? "") ?? 0);
      free[purpose].memory += count * (quantity(allocatable["memory"] ?? "") ?? 0);
    }
    for (const [name, { replicas }] of Object.entries(on)) {
      const { requests, gpus } = apps[name]?.resources ?? { requests: { cpu: "", memory: "" }, gpus: 0 };
      const pool = free[gpus > 0 ? "inference" : "general"];
      pool.cpu -= replicas.min * (quantity(requests.cpu) ?? 0);
      pool.memory -= replicas.min * (quantity(requests.memory) ?? 0);
    }
    expect(Math.min(free.general.cpu, free.general.memory)).toBeGreaterThan(0);
    expect(Math.min(free.inference.cpu, free.inference.memory)).toBeGreaterThanOrEqual(0);
  });
});

describe("defaults", () => {
  it("scale the quotas by tier: half, whole and double", () => {
    const cpu = stacks.map((stack) => config(stack).namespaces.data.quota.requestsCpu);
    expect(cpu).toEqual(["25", "50", "100"]);
    expect(config("staging").namespaces.data.quota).toEqual({
      ...{ requestsCpu: "50", requestsMemory: "100Gi", limitsCpu: "100", limitsMemory: "200Gi", gpus: 0 },
      ...{ persistentVolumeClaims: 20, services: 20, secrets: 50, configMaps: 50, pods: 100 },
    });
  });

  it("give the services' namespace what the inference nodes have, and no other", () => {
    const { namespaces } = config("development");
    expect(namespaceTiers.map((tier) => namespaces[tier].quota.gpus)).toEqual([0, 0, 2, 0, 0]);
    expect(namespaces.services.quota).toMatchObject({ requestsCpu: "57", requestsMemory: "402Gi" });
  });

  it("give way to what the stack file says, alone", () => {
    const draft = shipped("staging");
    set(draft, ["config", "holdfast:namespaces", "data", "quota"], { requestsCpu: 12.5, pods: 7 });
    const file = read(draft, "staging");
    expect(file.ok && file.config.namespaces.data.quota).toMatchObject({
      requestsCpu: "12.5",
      pods: 7,
      limitsCpu: "100",
    });
  });

  it("fill in what a service leaves out", () => {
    const draft = shipped("development");
    set(draft, ["config", "holdfast:apps", "web"], { settings: { WORKERS: 4, VERBOSE: true } });
    const file = read(draft, "development");
    expect(file.ok && file.config.apps["web"]).toEqual({
      image: apps["web"]?.defaultImage,
      hosts: [],
      replicas: { min: 2, max: 10 },
      settings: { ...apps["web"]?.settings, WORKERS: "4", VERBOSE: "true" },
    });
  });

  it("make hosts full names, and leave full names alone", () => {
    const draft = shipped("development");
    set(draft, ["config", "holdfast:apps", "web", "hosts"], ["app", "www.example.org"]);
    const file = read(draft, "development");
    expect(file.ok && file.config.apps["web"]?.hosts).toEqual(["app.dev.example.com", "www.example.org"]);
  });

  it("run inference on every GPU there is, from the fewest nodes to the most", () => {
    const draft = shipped("development");
    set(draft, ["config", "holdfast:nodePools", "gpu"], {
      plan: "g3-gpu-rtxpro6000-blackwell-2",
      autoscaling: { min: 1, max: 3 },
    });
    const file = read(draft, "development");
    expect(file.ok && file.config.apps["vllm"]?.replicas).toEqual({ min: 2, max: 6 });
    expect(onCloud(file).nodePools["gpu"]?.count).toBe(1);
  });

  it("switch a service off that is not listed, or says so", () => {
    const draft = shipped("development");
    set(draft, ["config", "holdfast:apps", "analytics"], undefined);
    set(draft, ["config", "holdfast:apps", "web", "enabled"], false);
    const file = read(draft, "development");
    expect(file.ok && Object.keys(file.config.apps).filter((name) => ["analytics", "web"].includes(name))).toEqual([]);
  });

  it("take a section as JSON in a string, as `pulumi config set` without --path writes it", () => {
    const draft = shipped("staging");
    set(draft, ["config", "holdfast:domains"], '{"base":"json.example.com"}');
    const file = read(draft, "staging");
    expect(file.ok && file.config.domains.base).toBe("json.example.com");
    set(draft, ["config", "holdfast:domains"], '{"base":');
    expect(paths(read(draft, "staging"))).toEqual(["holdfast:domains"]);
  });
});
