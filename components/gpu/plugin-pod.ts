import type { types } from "@pulumi/kubernetes";
import { gpuTaint, nodeLabel } from "../node-pools";
import { unprivileged } from "../workload";

type PodTemplate = types.input.core.v1.PodTemplateSpec;

/**
 * NVIDIA's k8s-device-plugin v0.20.0, for amd64 and arm64: the newest whose digest several public users name, as looked at
 * on 2026-11-21.
 */
const image =
  "nvcr.io/nvidia/k8s-device-plugin:v0.20.0@sha256:a61ba9fd8efb82f3a79f877f7580e02c1e8e7593f62473644bc9c79e315c3312";

/** The folder in which device plugins and the kubelet put their sockets: the kubelet's own, fixed in Kubernetes. */
const socketFolder = "/var/lib/kubelet/device-plugins";

export const podLabels = { "app.kubernetes.io/name": "nvidia-device-plugin" } as const;

/**
 * NVIDIA's own manifest, made stricter: only on GPU nodes, with requests and limits, and nothing to write to but the
 * socket folder.
 * @see https://github.com/NVIDIA/k8s-device-plugin/blob/main/deployments/static/nvidia-device-plugin.yml
 */
export const pluginPod: PodTemplate = {
  metadata: { labels: { ...podLabels } },
  spec: {
    nodeSelector: { [nodeLabel.purpose]: "inference" },
    tolerations: [{ key: gpuTaint.key, operator: "Exists", effect: gpuTaint.effect }],
    // Without it the node's GPUs are gone: it is the last to be evicted.
    priorityClassName: "system-node-critical",
    serviceAccountName: "workload",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The socket folder is root's own, so only root can put a socket there: root without a single capability.
    securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "plugin",
        image,
        // NVIDIA's manifest says false, since it goes to every node, with a GPU or without. Here each node has one: a
        // driver that can't be reached is an error that shows, and is tried again.
        env: [{ name: "FAIL_ON_INIT_ERROR", value: "true" }],
        resources: {
          requests: { cpu: "20m", memory: "64Mi", "ephemeral-storage": "16Mi" },
          limits: { cpu: "200m", memory: "256Mi", "ephemeral-storage": "64Mi" },
        },
        securityContext: unprivileged,
        volumeMounts: [{ name: "sockets", mountPath: socketFolder }],
      },
    ],
    volumes: [{ name: "sockets", hostPath: { path: socketFolder, type: "Directory" } }],
  },
};
