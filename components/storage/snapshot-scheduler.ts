import * as pulumi from "@pulumi/pulumi";
import { charts, HelmChart } from "../charts";
import { apiServerAccess, operatorQuota, TenantNamespace } from "../namespace";

export interface SnapshotSchedulerArgs {
  /** The environment that owns the cluster; its access groups may look into the scheduler's namespace. */
  readonly environment: string;
  /** Of the cluster, for example `1.35`. */
  readonly kubernetesVersion: string;
  /**
   * Production: developers look but don't touch, and the namespace is protected from deletion.
   * @default true
   */
  readonly production?: boolean;
}

/** The exemptions in policies/exemptions.ts name it. */
const namespace = "holdfast-snapshots";

/** The two replicas while they roll, and what the chart brings with them; nothing else. */
const quota = operatorQuota({
  requestsCpu: "500m",
  requestsMemory: "1Gi",
  limitsCpu: "2",
  limitsMemory: "2Gi",
  services: 1,
  pods: 4,
});

const resources = {
  requests: { cpu: "20m", memory: "100Mi", "ephemeral-storage": "16Mi" },
  limits: { cpu: "200m", memory: "200Mi", "ephemeral-storage": "64Mi" },
};

/**
 * backube's snapscheduler, once per cluster: takes the snapshots that SnapshotSchedules in any namespace ask for, and
 * deletes those beyond what each keeps. Looked at on 2026-11-21: its last release is of May 2025, its main branch has been
 * brought up to date weekly since. It does one thing and holds no state, so that it could be replaced without a trace.
 * @see https://github.com/backube/snapscheduler/blob/v3.5.0/helm/snapscheduler/values.yaml for the values
 */
export class SnapshotScheduler extends pulumi.ComponentResource {
  public constructor(name: string, args: SnapshotSchedulerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:storage:SnapshotScheduler", name, {}, opts);
    const { environment, kubernetesVersion, production = true } = args;
    const { namespaceName } = new TenantNamespace(
      name,
      { namespace, environment, tier: "snapshots", quota, production },
      { parent: this },
    );
    const access = apiServerAccess(name, namespaceName, this);
    new HelmChart(
      name,
      { chart: charts.snapscheduler, namespace, kubernetesVersion, values: values(production) },
      { parent: this, dependsOn: access },
    );
    this.registerOutputs({});
  }
}

const values = (production: boolean) => ({
  fullnameOverride: "snapscheduler",
  // One works, the other takes over where its node goes: the operator elects a leader.
  replicaCount: production ? 2 : 1,
  resources,
  rbacProxy: { resources },
  podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
});
