import * as k8s from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";

/** Registered besides the ConfigMaps: the stack, two providers, the cluster and the namespace. */
const others = 5;

/**
 * What Pulumi costs by itself: `resources` registrations in all, and all but a few of them a ConfigMap of one key, flat in
 * one namespace. The kubeconfig is a cluster's output, as the platform's is, so that the engine knows as much of it on both
 * sides, and asks the Kubernetes provider as often.
 */
export const configMaps = (resources: number): void => {
  const provider = cluster();
  const namespace = new k8s.core.v1.Namespace("bench", { metadata: { name: "bench" } }, { provider });
  for (let index = 0; index < resources - others; index++) {
    const metadata = { name: `config-${index}`, namespace: namespace.metadata.name };
    new k8s.core.v1.ConfigMap(`config-${index}`, { metadata, data: { key: `value-${index}` } }, { provider });
  }
};

const cluster = (): k8s.Provider => {
  const cloud = new linode.Provider("linode");
  const { kubeconfig } = new linode.LkeCluster(
    "cluster",
    { label: "bench", region: "fr-par", k8sVersion: "1.35", pools: [{ type: "g6-standard-8", count: 3 }] },
    { provider: cloud },
  );
  return new k8s.Provider("kubernetes", {
    kubeconfig: kubeconfig.apply((encoded) => Buffer.from(encoded, "base64").toString()),
  });
};
