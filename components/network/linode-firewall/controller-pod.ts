import type { types } from "@pulumi/kubernetes";
import { unprivileged } from "../../workload";

type PodTemplate = types.input.core.v1.PodTemplateSpec;

/** The newest release as of 2026-11-21. An exemption in policies/exemptions.ts says why there is no digest. */
const image = "docker.io/linode/cloud-firewall-controller:v0.2.1";

/** Its service account, Deployment and container; the exemptions name the Deployment. */
export const controllerName = "cloud-firewall-controller";

export const podLabels = { "app.kubernetes.io/name": controllerName } as const;

const healthPort = 8081;

/** A token that is renewed, where clients look for one, instead of one that every pod of the account would get. */
const apiAccess: types.input.core.v1.Volume = {
  name: "api-access",
  projected: {
    defaultMode: 0o440,
    sources: [
      { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
    ],
  },
};

/**
 * Linode's controller under the `restricted` standard. Its arguments are its defaults but for the health port: it calls
 * Linode's API with the token that LKE keeps for itself in kube-system, in the Secret `linode`.
 */
export const controllerPod: PodTemplate = {
  metadata: { labels: { ...podLabels } },
  spec: {
    // Without it new nodes stay open.
    priorityClassName: "system-cluster-critical",
    serviceAccountName: controllerName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: controllerName,
        image,
        args: [`--health-probe-bind-address=:${healthPort}`],
        ports: [{ name: "health", containerPort: healthPort }],
        livenessProbe: { httpGet: { path: "/healthz", port: "health" }, initialDelaySeconds: 15, periodSeconds: 20 },
        readinessProbe: { httpGet: { path: "/readyz", port: "health" }, initialDelaySeconds: 5, periodSeconds: 10 },
        resources: {
          requests: { cpu: "10m", memory: "64Mi", "ephemeral-storage": "16Mi" },
          limits: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
        },
        securityContext: unprivileged,
        volumeMounts: [
          { name: apiAccess.name, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
        ],
      },
    ],
    volumes: [apiAccess],
  },
};
