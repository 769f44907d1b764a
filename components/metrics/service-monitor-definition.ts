import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export const serviceMonitorKind = {
  group: "monitoring.coreos.com",
  version: "v1",
  kind: "ServiceMonitor",
  plural: "servicemonitors",
} as const;

/**
 * The ServiceMonitor kind, so that services can say how they are scraped before anything is there to scrape them. The
 * schema is open: what checks the fields is the operator that comes later, and our own types until then.
 */
export class ServiceMonitorDefinition extends pulumi.ComponentResource {
  /** What ServiceMonitors wait for. */
  public readonly definition: k8s.apiextensions.v1.CustomResourceDefinition;

  public constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:metrics:ServiceMonitorDefinition", name, {}, opts);
    const { group, version, kind, plural } = serviceMonitorKind;
    this.definition = new k8s.apiextensions.v1.CustomResourceDefinition(
      name,
      {
        metadata: { name: `${plural}.${group}` },
        spec: {
          group,
          scope: "Namespaced",
          names: { kind, plural, singular: "servicemonitor", listKind: `${kind}List`, shortNames: ["smon"] },
          versions: [
            {
              name: version,
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
            },
          ],
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
