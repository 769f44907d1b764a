import {
  ApiException,
  ApiextensionsV1Api,
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  KubeConfig,
  StorageV1Api,
  VersionApi,
  type V1Node,
} from "@kubernetes/client-node";
import type { ClusterFacts, Definition, Looked, NodeFacts, Permission } from "./facts";
import { k3sAnnotation, k3sArguments } from "./k3s";

/** Reviews that are asked for at a time: an API server answers each within milliseconds, and limits who asks too much. */
const reviewsAtATime = 10;

export interface Questions {
  readonly definitions: readonly Definition[];
  readonly permissions: readonly Permission[];
}

/**
 * Looks into a cluster; changes nothing.
 * @throws ApiException and what the network says, where there is no way in at all
 */
export const readFacts = async (kubeconfig: string, questions: Questions): Promise<ClusterFacts> => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  // One first, so that a cluster which can't be reached fails once.
  const { gitVersion } = await config.makeApiClient(VersionApi).getCode();
  const [system, storageClasses, daemonSets, nodes, definitions, refused] = await Promise.all([
    core.readNamespace({ name: "kube-system" }),
    looked(async () =>
      (await config.makeApiClient(StorageV1Api).listStorageClass()).items.map((one) => ({
        name: one.metadata?.name ?? "",
        bindingMode: one.volumeBindingMode ?? "Immediate",
        expandable: one.allowVolumeExpansion ?? false,
        reclaimPolicy: one.reclaimPolicy ?? "Delete",
      })),
    ),
    looked(async () =>
      (await config.makeApiClient(AppsV1Api).listDaemonSetForAllNamespaces()).items.map(({ metadata, spec }) => ({
        name: metadata?.name ?? "",
        containers: (spec?.template.spec?.containers ?? []).map(({ image = "", args = [] }) => ({ image, args })),
      })),
    ),
    looked(async () => (await core.listNode()).items.map(nodeFacts)),
    looked(() => served(config.makeApiClient(ApiextensionsV1Api), questions.definitions)),
    refusedOf(config.makeApiClient(AuthorizationV1Api), questions.permissions),
  ]);
  const clusterId = system.metadata?.uid ?? "";
  return { clusterId, version: gitVersion, storageClasses, daemonSets, nodes, definitions, refused };
};

const looked = async <T>(look: () => Promise<T>): Promise<Looked<T>> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ApiException && error.code === 403) return "not permitted";
    throw error;
  }
};

/** What of a node is judged. */
export const nodeFacts = ({ metadata, spec, status }: V1Node): NodeFacts => ({
  labels: metadata?.labels ?? {},
  gpus: Number(status?.allocatable?.["nvidia.com/gpu"] ?? 0),
  takesPods:
    spec?.unschedulable !== true &&
    (status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True"),
  k3sArguments: k3sArguments(metadata?.annotations?.[k3sAnnotation]),
});

const served = async (api: ApiextensionsV1Api, wanted: readonly Definition[]): Promise<readonly string[]> => {
  const found = await Promise.all(
    wanted.map(async ({ plural, group }) => {
      try {
        const { spec } = await api.readCustomResourceDefinition({ name: `${plural}.${group}` });
        return spec.versions.filter((one) => one.served).map(({ name }) => `${plural}.${group}/${name}`);
      } catch (error) {
        if (error instanceof ApiException && error.code === 404) return [];
        throw error;
      }
    }),
  );
  return found.flat();
};

/** In the whole cluster: namespaces are made by the stack, so permissions can't be those of one namespace. */
const refusedOf = async (api: AuthorizationV1Api, asked: readonly Permission[]): Promise<readonly Permission[]> => {
  const isAllowed = async (resourceAttributes: Permission): Promise<boolean> => {
    const { status } = await api.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes } } });
    return status?.allowed ?? false;
  };
  // An administrator may do everything, and is asked once.
  if (await isAllowed({ verb: "*", group: "*", resource: "*" })) return [];
  const refused: Permission[] = [];
  for (let from = 0; from < asked.length; from += reviewsAtATime) {
    const some = asked.slice(from, from + reviewsAtATime);
    const answers = await Promise.all(some.map(isAllowed));
    refused.push(...some.filter((_, i) => answers[i] === false));
  }
  return refused;
};
