import * as k8s from "@pulumi/kubernetes";

/** The least that a program for Kubernetes does. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => {
  new k8s.core.v1.ConfigMap("config", { data: { key: "value" } });
};
