import { planCatalogues } from "../../components/node-pools/catalogues";
import { apps } from "../apps";
import { isMap } from "./check-schema";
import { defaultKubernetesVersion } from "./kubernetes-versions";
import { modelStoreSecrets } from "./model-store-secrets";
import { planOf } from "./plans";
import { clouds, type Cloud } from "./stack-config";

type Sections = Readonly<Record<string, unknown>>;

/** Stands for a value that Pulumi has encrypted; a rehearsal puts a value of its own in its place. */
const sealed = () => ({ secure: "rehearsal" }) as const;

/**
 * The same environment on a cluster that is there already, such as the rehearsal makes for it: with as many GPUs as its
 * pools have nodes for at the start, StorageClasses called fast and keep, and a bucket for the models where they are needed.
 */
export function onExisting(sections: Sections): Sections {
  const { region: _region, network: _network, replicaRegion: _replica, nodePools, ...rest } = sections;
  const inference = gpuNodes(nodePools);
  const readsModels = Object.entries(isMap(sections["apps"]) ? sections["apps"] : {}).some(
    ([name, app]) =>
      Object.hasOwn(apps, name) && apps[name]?.kind === "inference" && !(isMap(app) && app["enabled"] === false),
  );
  const key = Object.fromEntries(modelStoreSecrets.files.map((file) => [file, sealed()]));
  const secrets = isMap(rest["secrets"]) ? rest["secrets"] : {};
  return {
    ...rest,
    cloud: "existing",
    kubeconfig: sealed(),
    cluster: {
      storageClasses: { standard: "fast", retain: "keep" },
      ...(inference.gpus > 0 && { nodes: { inference } }),
    },
    ...(readsModels && {
      modelStore: { endpoint: "https://s3.example.com", bucket: "models" },
      secrets: { ...secrets, [modelStoreSecrets.of]: key },
    }),
  };
}

/** What a cloud's stack says where one on a cluster that is there already says nothing: nodes, and a cluster for them. */
export function fromExisting(sections: Sections, cloud: Cloud): Sections {
  const { kubeconfig: _kubeconfig, modelStore: _modelStore, cluster, secrets, ...rest } = sections;
  const { generalExample, gpuExample } = planCatalogues[cloud];
  const { [modelStoreSecrets.of]: _key, ...others } = isMap(secrets) ? secrets : {};
  const nodes = isMap(cluster) && isMap(cluster["nodes"]) ? cluster["nodes"] : {};
  const gpus = isMap(nodes["inference"]) ? Number(nodes["inference"]["gpus"]) : 0;
  return {
    ...rest,
    ...(Object.keys(others).length > 0 && { secrets: others }),
    cluster: {
      kubernetesVersion: defaultKubernetesVersion,
      // A range that nobody has, since production wants one: https://www.rfc-editor.org/rfc/rfc5737
      controlPlaneAcl: { ipv4: ["192.0.2.0/24"] },
    },
    nodePools: {
      baseline: { plan: generalExample, count: 6 },
      ...(gpus > 0 && { gpu: { plan: gpuExample, count: gpus } }),
    },
  };
}

/** What the GPU pools have together with the nodes that they start with. */
function gpuNodes(nodePools: unknown): { gpus: number; vcpus: number; memoryGiB: number } {
  const total = { gpus: 0, vcpus: 0, memoryGiB: 0 };
  for (const pool of Object.values(isMap(nodePools) ? nodePools : {})) {
    const plan = isMap(pool) ? planOf(String(pool["plan"]), clouds) : undefined;
    if (!isMap(pool) || plan === undefined || plan.gpus === 0) continue;
    const autoscaling = isMap(pool["autoscaling"]) ? pool["autoscaling"] : {};
    const nodes = Number(pool["count"] ?? autoscaling["min"] ?? 0);
    total.gpus += nodes * plan.gpus;
    total.vcpus += nodes * plan.vcpus;
    total.memoryGiB += nodes * plan.memoryGiB;
  }
  return total;
}
