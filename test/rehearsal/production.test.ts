import { CoreV1Api, type V1Node, type V1Pod } from "@kubernetes/client-node";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stackClouds, type StackCloud } from "../../components/shared/cloud";
import { placesAt } from "../../src/rehearsal/engine/places";
import { silent } from "../../src/rehearsal/progress";
import { rehearseReal, takeDown } from "../../src/rehearsal/real";
import { clientFor } from "../support/control-plane";
import { repository, scratch } from "../support/rehearsal";

/** How many zones production's nodes are in; Linode's regions have none. */
const zonesOn = { linode: 0, aws: 3, azure: 3, existing: 3 } as const satisfies Record<StackCloud, number>;
const zoneLabel = "topology.kubernetes.io/zone";
const nameLabel = "app.kubernetes.io/name";

describe.each(stackClouds)("production on %s", (cloud) => {
  let folder: ReturnType<typeof scratch>;
  let root: string;
  beforeEach(() => {
    folder = scratch();
    root = join(folder.path, "rehearsal");
  });
  afterEach(async () => {
    await takeDown(root);
    folder.remove();
  });

  it("has every pod running, nodes in each zone, and a service's replicas in more than one", async () => {
    const { text, ok } = await rehearseReal({
      repository,
      root,
      stack: "production",
      // The stack file's own cloud, with its own sizes, is no override.
      ...(cloud !== "linode" && { cloud }),
      // Its control plane is asked below.
      keep: true,
      signal: new AbortController().signal,
      progress: silent,
      verbose: false,
    });
    expect(ok, text).toBe(true);
    expect(text).toContain("Every pod runs");
    expect(text).not.toContain("development");

    const { nodes, pods } = await clusterAt(root);
    expect(zonesOf(nodes).size).toBe(zonesOn[cloud]);
    const replicated = [...new Set(pods.flatMap(({ metadata }) => metadata?.labels?.[nameLabel] ?? []))]
      .map((name) => ({ name, pods: pods.filter(({ metadata }) => metadata?.labels?.[nameLabel] === name) }))
      .filter((service) => service.pods.length > 1);
    expect(replicated.map(({ name }) => name)).toContain("web");
    for (const service of replicated) {
      const used = new Set(service.pods.map(({ spec }) => spec?.nodeName));
      const zones = zonesOf(nodes.filter(({ metadata }) => used.has(metadata?.name)));
      expect(zones.size, `zones of ${service.name}`).toBeGreaterThanOrEqual(Math.min(zonesOn[cloud], 2));
    }
  });
});

const zonesOf = (nodes: readonly V1Node[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ metadata }) => metadata?.labels?.[zoneLabel] ?? []));

const clusterAt = async (root: string): Promise<{ readonly nodes: V1Node[]; readonly pods: V1Pod[] }> => {
  const { clusters } = placesAt(root);
  const [cluster, ...others] = readdirSync(clusters);
  if (cluster === undefined || others.length > 0)
    expect.fail(`wanted one cluster, found ${readdirSync(clusters).length}`);
  const api = clientFor(readFileSync(join(clusters, cluster, "kubeconfig"), "utf8")).makeApiClient(CoreV1Api);
  const [nodes, pods] = await Promise.all([api.listNode(), api.listPodForAllNamespaces()]);
  return { nodes: nodes.items, pods: pods.items };
};
