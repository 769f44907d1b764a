import * as k8s from "@pulumi/kubernetes";
import type { types } from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { NvidiaDevicePlugin } from "../../../components/gpu";
import { gpuTaint, nodeLabels, nodeTaints } from "../../../components/node-pools";
import { apps } from "../../../src/apps";
import type { CloudStackConfig, StackConfig } from "../../../src/config";
import { deployPlatform } from "../../../src/platform";
import { record, type Registered } from "./recorder";
import { shipped } from "./samples";

type DaemonSetSpec = types.input.apps.v1.DaemonSetSpec & {
  readonly template: { readonly spec: types.input.core.v1.PodSpec };
};

const ofKind = (resources: readonly Registered[], kind: string) =>
  resources.filter(({ type }) => type.endsWith(`:${kind}`));

const plugin = async () => {
  const { resources } = await record(() => {
    const provider = new k8s.Provider("kubernetes", { kubeconfig: "other" });
    return new NvidiaDevicePlugin("gpu", { environment: "test" }, { provider });
  });
  const [daemonSet] = ofKind(resources, "DaemonSet");
  if (daemonSet === undefined) throw new Error("no DaemonSet was registered");
  return { resources, spec: daemonSet.inputs["spec"] as DaemonSetSpec };
};

describe("the device plugin", () => {
  it("lands on GPU nodes, and on no others", async () => {
    const { nodeSelector, tolerations } = (await plugin()).spec.template.spec;
    const pool = { plan: "any", count: 1 };
    const labels = (purpose: "general" | "inference") => nodeLabels("any", "any", { ...pool, purpose });
    const selects = (of: Record<string, string>) =>
      Object.entries(nodeSelector as Record<string, string>).every(([key, value]) => of[key] === value);
    expect([selects(labels("inference")), selects(labels("general"))]).toEqual([true, false]);
    expect(tolerations).toEqual(
      nodeTaints({ ...pool, purpose: "inference" }).map(({ effect }) => ({
        key: gpuTaint.key,
        operator: "Exists",
        effect,
      })),
    );
  });

  it("reaches the kubelet's socket folder, and nothing else of its node", async () => {
    const { volumes, containers, hostNetwork, hostPID, hostIPC } = (await plugin()).spec.template.spec;
    const hostPath = { path: "/var/lib/kubelet/device-plugins", type: "Directory" };
    expect(volumes).toEqual([{ name: "sockets", hostPath }]);
    expect([hostNetwork, hostPID, hostIPC]).toEqual([undefined, undefined, undefined]);
    const [container, ...others] = containers as types.input.core.v1.Container[];
    expect(others).toEqual([]);
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("has a namespace to itself, closed, whose quota has no room for anything but its pods", async () => {
    const { resources } = await plugin();
    const [namespace] = ofKind(resources, "Namespace");
    expect((namespace?.inputs["metadata"] as { labels: object }).labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "privileged",
      "pod-security.kubernetes.io/warn": "restricted",
    });
    const [quota] = ofKind(resources, "ResourceQuota");
    const { hard } = quota?.inputs["spec"] as { hard: Record<string, string> };
    expect(hard).toMatchObject({
      secrets: "0",
      services: "0",
      persistentvolumeclaims: "0",
      "requests.nvidia.com/gpu": "0",
    });
    expect(ofKind(resources, "NetworkPolicy").map(({ name }) => name)).toContain("gpu-default-deny");
  });

  it("fits its quota on as many nodes as the quota has pods", async () => {
    const { resources, spec } = await plugin();
    const { hard } = ofKind(resources, "ResourceQuota")[0]?.inputs["spec"] as { hard: Record<string, string> };
    const [container] = spec.template.spec.containers as types.input.core.v1.Container[];
    const { requests, limits } = container?.resources as {
      requests: Record<string, string>;
      limits: Record<string, string>;
    };
    const number = (text: string | undefined) => Number.parseFloat(text ?? "NaN");
    const pods = number(hard["pods"]);
    expect([
      (number(requests["cpu"]) / 1000) * pods,
      number(requests["memory"]) * pods,
      (number(limits["cpu"]) / 1000) * pods,
      number(limits["memory"]) * pods,
    ]).toEqual(["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"].map((key) => number(hard[key])));
  });
});

describe("a stack", () => {
  const pluginsOf = async (config: StackConfig) => {
    const { resources } = await record(() => deployPlatform({ config, secrets: {}, apps }), {
      clusterId: "7",
      joining: {},
      kubeconfig: "other",
      members: [config.environment],
    });
    return { plugins: ofKind(resources, "DaemonSet"), resources };
  };
  const withoutGpus = (config: CloudStackConfig, members: readonly string[]): CloudStackConfig => {
    if (config.cluster.kind !== "own") throw new Error(`${config.environment} joins another's cluster`);
    const { gpu: _, ...nodePools } = config.nodePools;
    const { vllm: __, ...others } = config.apps;
    return { ...config, nodePools, apps: others, cluster: { ...config.cluster, members } };
  };

  it("that owns its cluster has the plugin once, after its nodes", async () => {
    const { plugins, resources } = await pluginsOf(shipped("production"));
    expect(plugins).toHaveLength(1);
    const vllm = resources.find(({ type, name }) => type.endsWith(":StatefulSet") && name === "vllm");
    expect(vllm?.dependencies).toContain(plugins[0]?.urn);
    const web = resources.find(({ type, name }) => type.endsWith(":Deployment") && name === "web");
    expect(web?.dependencies).not.toContain(plugins[0]?.urn);
  });

  it("that joins another's cluster leaves it to the owner", async () => {
    expect((await pluginsOf(shipped("staging"))).plugins).toEqual([]);
  });

  it("without GPUs has it only where a member may bring some", async () => {
    const development = shipped("development");
    expect((await pluginsOf(withoutGpus(development, ["staging"]))).plugins).toHaveLength(1);
    expect((await pluginsOf(withoutGpus(development, []))).plugins).toEqual([]);
  });
});
