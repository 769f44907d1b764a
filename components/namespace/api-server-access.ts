import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { allowApiServer } from "./network-guards";

/** Lets every pod of an operator's namespace call the Kubernetes API. */
export const apiServerAccess = (
  name: string,
  namespace: pulumi.Input<string>,
  parent: pulumi.Resource,
): k8s.networking.v1.NetworkPolicy =>
  new k8s.networking.v1.NetworkPolicy(
    `${name}-allow-api-server`,
    { metadata: { name: "allow-api-server", namespace }, spec: allowApiServer },
    { parent },
  );
