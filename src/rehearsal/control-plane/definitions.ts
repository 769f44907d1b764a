import {
  ApiextensionsV1Api,
  type V1CustomResourceDefinition,
  type V1CustomResourceDefinitionVersion,
} from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostedDefinition } from "../cluster-host";
import { conflict, failedWith, kubeConfig } from "./api-client";

/** Milliseconds for the API server to serve all of them; it takes well below a second. */
const establishedWithinMs = 30_000;

/**
 * Teaches the API server these custom resources, with any content, and waits until it serves them. Where one is there
 * already, versions that it lacks are added.
 *
 * @throws Error naming those that the API server does not take, with its reason
 */
export const installDefinitions = async (
  kubeconfig: string,
  definitions: readonly HostedDefinition[],
): Promise<void> => {
  const api = kubeConfig(kubeconfig).makeApiClient(ApiextensionsV1Api);
  const wanted = customResourceDefinitions(definitions);
  await Promise.all(wanted.map((body) => install(api, body)));
  await established(api, new Set(wanted.map((definition) => definition.metadata?.name ?? "")));
};

/** One object for all versions of a resource, as Kubernetes has it; the last version given is the one stored. */
export const customResourceDefinitions = (definitions: readonly HostedDefinition[]): V1CustomResourceDefinition[] => {
  const byName = new Map<string, V1CustomResourceDefinition>();
  for (const { group, version, kind, plural, scope } of definitions) {
    const name = `${plural}.${group}`;
    const earlier = byName.get(name)?.spec.versions.filter((other) => other.name !== version) ?? [];
    byName.set(name, {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name, annotations: approval(group) },
      spec: {
        group,
        scope,
        names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
        versions: [...earlier.map((other) => ({ ...other, storage: false })), permissive(version)],
      },
    });
  }
  return [...byName.values()];
};

/** The API server serves nothing in Kubernetes' own groups without this annotation. */
const approval = (group: string): Record<string, string> =>
  /(^|\.)(k8s|kubernetes)\.io$/.test(group)
    ? { "api-approved.kubernetes.io": "unapproved, stands in for the real definition in a rehearsal" }
    : {};

const permissive = (name: string): V1CustomResourceDefinitionVersion => ({
  name,
  storage: true,
  served: true,
  schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
  subresources: { status: {} },
});

const install = async (api: ApiextensionsV1Api, body: V1CustomResourceDefinition): Promise<void> => {
  try {
    await api.createCustomResourceDefinition({ body });
  } catch (error) {
    if (!failedWith(error, conflict)) throw error;
    const present = await api.readCustomResourceDefinition({ name: body.metadata?.name ?? "" });
    const known = new Set(present.spec.versions.map(({ name }) => name));
    const added = body.spec.versions
      .filter(({ name }) => !known.has(name))
      .map((version) => ({ ...version, storage: false }));
    if (added.length === 0) return;
    const spec = { ...present.spec, versions: [...present.spec.versions, ...added] };
    await api.replaceCustomResourceDefinition({ name: body.metadata?.name ?? "", body: { ...present, spec } });
  }
};

const established = async (api: ApiextensionsV1Api, names: ReadonlySet<string>): Promise<void> => {
  const deadline = Date.now() + establishedWithinMs;
  for (;;) {
    const { items } = await api.listCustomResourceDefinition();
    const waiting = items.filter(
      (item) => names.has(item.metadata?.name ?? "") && condition(item, "Established")?.status !== "True",
    );
    if (waiting.length === 0) return;
    if (Date.now() > deadline) throw new Error(`The API server does not serve:\n${waiting.map(whyNot).join("\n")}`);
    await sleep(50);
  }
};

const condition = (definition: V1CustomResourceDefinition, type: string) =>
  definition.status?.conditions?.find((candidate) => candidate.type === type);

const whyNot = (definition: V1CustomResourceDefinition): string => {
  const refused = definition.status?.conditions?.filter(({ status }) => status === "False") ?? [];
  const reasons = refused.map(({ type, message }) => `${type}: ${message ?? "no message"}`);
  return `  ${definition.metadata?.name}: ${reasons.join("; ") || "no reason given"}`;
};
