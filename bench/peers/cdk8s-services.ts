import { ApiObject, App, Chart, Duration, Size } from "cdk8s";
import * as kplus from "cdk8s-plus-33";
import type { AppSpec } from "../../src/apps";
import type { AppConfig } from "../../src/config";
import type { WriteManifests } from "../programs/written";

/**
 * The same services by cdk8s-plus: for each the nine objects that ours has, by its own constructs where it has one
 * (PodDisruptionBudget and ServiceMonitor have none), with the fields that its constructs know.
 */
export const write: WriteManifests = ({ config, apps }) => {
  const app = new App();
  const chart = new Chart(app, "services", { namespace: "development-services", disableResourceNameHashes: true });
  const pods = new Map<string, kplus.Deployment>();
  // From the last to the first, since each calls the one after it.
  for (const spec of Object.values(apps).reverse()) {
    const own = config.apps[spec.name];
    if (own !== undefined) pods.set(spec.name, service(chart, spec, own, pods));
  }
  return app.synthYaml();
};

// jsii's classes don't fit their own interfaces under exactOptionalPropertyTypes: hence what is asserted below.
const service = (
  chart: Chart,
  spec: AppSpec,
  config: AppConfig,
  others: ReadonlyMap<string, kplus.Deployment>,
): kplus.Deployment => {
  const { name } = spec;
  const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "holdfast" };
  const metadata = (suffix = "") => ({ metadata: { name: `${name}${suffix}`, labels } });
  const serviceAccount = new kplus.ServiceAccount(chart, `${name}-account`, {
    ...metadata(),
    automountToken: false,
  });
  const settings = new kplus.ConfigMap(chart, `${name}-settings`, {
    ...metadata("-settings"),
    data: { ...spec.settings, ...config.settings },
  });
  const secrets = new kplus.Secret(chart, `${name}-secrets`, {
    ...metadata("-secrets"),
    stringData: Object.fromEntries(
      Object.entries(spec.generatedSecrets).map(([file, length]) => [file, "x".repeat(length)]),
    ),
  });
  const deployment = new kplus.Deployment(chart, name, {
    ...metadata(),
    podMetadata: { labels },
    serviceAccount: serviceAccount as kplus.IServiceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriod: Duration.seconds(spec.terminationGracePeriodSeconds),
    revisionHistoryLimit: 3,
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.percent(25),
      maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    }),
    securityContext: { ensureNonRoot: true, user: 1001, group: 1001, fsGroup: 1001 },
    spread: true,
    containers: [container(chart, spec, config, settings, secrets)],
  });
  new kplus.HorizontalPodAutoscaler(chart, `${name}-autoscaler`, {
    ...metadata(),
    target: deployment,
    minReplicas: config.replicas.min,
    maxReplicas: config.replicas.max,
    metrics: [
      kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70)),
      kplus.Metric.resourceMemory(kplus.MetricTarget.averageUtilization(80)),
    ],
  });
  new kplus.Service(chart, `${name}-service`, {
    ...metadata(),
    selector: deployment,
    ports: [
      { name: "http", port: spec.port },
      { name: "metrics", port: spec.metrics.port },
    ],
  });
  connections(chart, spec, deployment, others, labels);
  new kplus.k8s.KubePodDisruptionBudget(chart, `${name}-budget`, {
    ...metadata(),
    spec: { maxUnavailable: kplus.k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels } },
  });
  new ApiObject(chart, `${name}-monitor`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    ...metadata(),
    spec: { selector: { matchLabels: labels }, endpoints: [{ port: "metrics", path: spec.metrics.path }] },
  });
  return deployment;
};

const container = (
  chart: Chart,
  spec: AppSpec,
  config: AppConfig,
  settings: kplus.ConfigMap,
  secrets: kplus.Secret,
): kplus.ContainerProps => {
  const probe = ({ path, periodSeconds, failureThreshold }: AppSpec["probes"]["startup"]) =>
    kplus.Probe.fromHttpGet(path, {
      port: spec.port,
      periodSeconds: Duration.seconds(periodSeconds),
      failureThreshold,
    });
  const { requests, limits } = spec.resources;
  return {
    name: spec.name,
    image: config.image,
    args: [...spec.args],
    envFrom: [kplus.Env.fromConfigMap(settings as kplus.IConfigMap)],
    ports: [
      { name: "http", number: spec.port },
      { name: "metrics", number: spec.metrics.port },
    ],
    startup: probe(spec.probes.startup),
    readiness: probe(spec.probes.readiness),
    liveness: probe(spec.probes.liveness),
    resources: {
      cpu: { request: cpu(requests.cpu), limit: cpu(limits.cpu) },
      memory: { request: size(requests.memory), limit: size(limits.memory) },
      ephemeralStorage: {
        request: wholeGibibytes(requests.ephemeralStorage),
        limit: wholeGibibytes(limits.ephemeralStorage),
      },
    },
    securityContext: {
      user: 1001,
      group: 1001,
      readOnlyRootFilesystem: true,
      capabilities: { drop: [kplus.Capability.ALL] },
    },
    volumeMounts: [
      ...Object.entries(spec.writable).map(([path, limit], index) => ({
        path,
        volume: kplus.Volume.fromEmptyDir(chart, `${spec.name}-writable-${index}`, `writable-${index}`, {
          sizeLimit: size(limit),
        }),
      })),
      {
        path: "/var/run/secrets/holdfast",
        readOnly: true,
        volume: kplus.Volume.fromSecret(chart, `${spec.name}-files`, secrets as kplus.ISecret, { defaultMode: 0o440 }),
      },
    ],
  };
};

const connections = (
  chart: Chart,
  { name, port, calls }: AppSpec,
  deployment: kplus.Deployment,
  others: ReadonlyMap<string, kplus.Deployment>,
  labels: Readonly<Record<string, string>>,
): void => {
  new kplus.NetworkPolicy(chart, `${name}-connections`, {
    metadata: { name, labels },
    selector: deployment,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    egress: {
      default: kplus.NetworkPolicyTrafficDefault.DENY,
      rules: calls.flatMap((called) => {
        const peer = others.get(called);
        return peer === undefined ? [] : [{ peer, ports: [kplus.NetworkPolicyPort.tcp(port)] }];
      }),
    },
  });
};

const cpu = (quantity: string): kplus.Cpu =>
  quantity.endsWith("m") ? kplus.Cpu.millis(Number.parseInt(quantity)) : kplus.Cpu.units(Number(quantity));

const size = (quantity: string): Size =>
  quantity.endsWith("Gi") ? Size.gibibytes(Number.parseInt(quantity)) : Size.mebibytes(Number.parseInt(quantity));

/** All that its containers take as ephemeral storage. */
const wholeGibibytes = (quantity: string): Size => Size.gibibytes(Math.ceil(size(quantity).toMebibytes() / 1024));
