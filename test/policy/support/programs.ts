import * as k8s from "@pulumi/kubernetes";
import { ComponentResource, type Input } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as random from "@pulumi/random";

/** A namespace with everything that the pack asks for. */
export const guardedNamespace = (name: string): k8s.core.v1.Namespace => {
  const namespace = new k8s.core.v1.Namespace(name, {
    metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  });
  const metadata = { namespace: namespace.metadata.name };
  new k8s.core.v1.ResourceQuota(`${name}-quota`, { metadata, spec: { hard: { pods: "10" } } });
  new k8s.core.v1.LimitRange(`${name}-limits`, { metadata, spec: { limits: [{ type: "Container" }] } });
  new k8s.networking.v1.NetworkPolicy(`${name}-deny`, {
    metadata,
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  return namespace;
};

const quantities = { cpu: "100m", memory: "128Mi", "ephemeral-storage": "100Mi" };

interface WebOptions {
  readonly image: Input<string>;
  readonly privileged?: boolean;
  readonly parent?: ComponentResource;
}

/** A deployment that the pack finds no fault with, but for what is asked. */
export const web = ({ image, privileged, parent }: WebOptions): k8s.apps.v1.Deployment =>
  new k8s.apps.v1.Deployment(
    "web",
    {
      metadata: { name: "web", namespace: "frontend" },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "nginx",
                image,
                resources: { requests: quantities, limits: quantities },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ["ALL"] },
                  ...(privileged === undefined ? {} : { privileged }),
                },
              },
            ],
          },
        },
      },
    },
    parent === undefined ? {} : { parent },
  );

export const goodImage = `registry.example/web@sha256:${"a".repeat(64)}`;

/** A string that is known only after the update. */
export const unknownString = (): Input<string> => new random.RandomPassword("made", { length: 16 }).result;

export class Wrapper extends ComponentResource {
  public constructor(name: string) {
    super("test:index:Wrapper", name);
  }
}

export const program =
  (declare: () => unknown): PulumiFn =>
  () => {
    declare();
    return Promise.resolve();
  };
