import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { serviceMonitorKind } from "../metrics";
import type { WorkloadArgs } from "./args";
import { disruptionBudget } from "./disruption-budget";
import { workloadLabels } from "./labels";
import { closed, connectionPolicy } from "./network-policy";
import { hasSecrets, secretsName, settingsName } from "./pod";
import { serviceSpec } from "./service";
import { serviceMonitorSpec } from "./service-monitor";

/** Metadata of an object of the workload. */
export const objectMeta = (args: WorkloadArgs, name = args.name) => ({
  name,
  namespace: args.namespace,
  labels: workloadLabels(args.name, args.environment),
});

/**
 * What pods need to start and are to have until they are gone: account, settings, secrets and open connections. The
 * workload depends on it, and so is deleted before it.
 */
export const prerequisites = (args: WorkloadArgs, parent: pulumi.Resource): pulumi.Resource[] => {
  const { name } = args;
  const child = { parent };
  return [
    new k8s.core.v1.ServiceAccount(
      name,
      {
        metadata: {
          ...objectMeta(args),
          ...(args.workloadIdentity && { annotations: { "azure.workload.identity/client-id": args.workloadIdentity } }),
        },
        automountServiceAccountToken: false,
      },
      child,
    ),
    new k8s.core.v1.ConfigMap(
      name,
      { metadata: objectMeta(args, settingsName(name)), data: { ...args.settings } },
      child,
    ),
    new k8s.networking.v1.NetworkPolicy(
      name,
      {
        metadata: objectMeta(args),
        spec: connectionPolicy({ name, port: args.port, metricsPort: args.metrics.port }, args.network ?? closed),
      },
      child,
    ),
    ...(hasSecrets(args)
      ? [
          new k8s.core.v1.Secret(
            name,
            { metadata: objectMeta(args, secretsName(name)), stringData: pulumi.secret({ ...args.secrets }) },
            child,
          ),
        ]
      : []),
  ];
};

/** What makes the pods reachable, drainable and measured. */
export const exposure = (args: WorkloadArgs, minReplicas: number, parent: pulumi.Resource): k8s.core.v1.Service => {
  const { name } = args;
  const child = { parent };
  const service = new k8s.core.v1.Service(name, { metadata: objectMeta(args), spec: serviceSpec(name, args) }, child);
  const budget = disruptionBudget(name, minReplicas);
  if (budget) new k8s.policy.v1.PodDisruptionBudget(name, { metadata: objectMeta(args), spec: budget }, child);
  new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: `${serviceMonitorKind.group}/${serviceMonitorKind.version}`,
      kind: serviceMonitorKind.kind,
      metadata: objectMeta(args),
      spec: serviceMonitorSpec(name, args),
    },
    { parent, ...(args.metricsDefinition && { dependsOn: args.metricsDefinition }) },
  );
  return service;
};
