import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stackChain } from "./chain";
import { RealClusterHost, isComplete, renderPlacement, settledPlacement, stopControlPlane } from "./control-plane";
import { placesAt, type Places } from "./engine/places";
import { openRehearsal } from "./rehearsal";
import { rehearseChain, type RehearseOptions, type Report } from "./rehearse-chain";
import { controlPlaneTools, ensureTools, resolveTools } from "./tools";

export interface RealOptions extends RehearseOptions {
  /** Leave the control plane up at the end. */
  readonly keep: boolean;
}

/**
 * Rehearses a stack, and first the one that it joins, with Kubernetes objects going to real control planes on loopback, whose
 * nodes are the program's node pools. All is well when every pod runs.
 */
export const rehearseReal = async (options: RealOptions): Promise<Report> => {
  const { progress, signal } = options;
  const chain = stackChain(options.repository, options.stack);
  const { pulumi } = await resolveTools(["pulumi"], progress);
  const binaries = await ensureTools(controlPlaneTools, progress);
  const places = placesAt(options.root);
  let kept = false;
  try {
    const rehearsal = await openRehearsal({
      repository: options.repository,
      places,
      pulumi,
      realControlPlane: true,
      throwaway: !options.keep,
      clusterHost: () => new RealClusterHost({ dir: places.clusters, binaries, progress }),
    });
    const report = await rehearseChain(rehearsal, chain, options, "real control plane").finally(() =>
      rehearsal.close(),
    );
    const texts = [report.text];
    let ok = report.ok;
    for (const cluster of clustersIn(places)) {
      const placement = await settledPlacement(readFileSync(kubeconfigPath(cluster), "utf8"));
      ok &&= isComplete(placement);
      texts.push(renderPlacement(placement));
      if (options.keep) texts.push(howToUse(cluster));
    }
    kept = options.keep && !signal.aborted;
    return { text: texts.join("\n\n"), ok };
  } finally {
    if (!kept) await takeDown(options.root);
  }
};

const kubeconfigPath = (cluster: string): string => join(cluster, "kubeconfig");

const howToUse = (cluster: string): string =>
  `Kept up. Use it:   export KUBECONFIG=${kubeconfigPath(cluster)}\n         Stop it:  npm run rehearse -- --down`;

/** Stops every control plane below a rehearsal's folder, then forgets the rehearsal. Returns how many were there. */
export const takeDown = async (root: string): Promise<number> => {
  if (!existsSync(root)) return 0;
  const clusters = clustersIn(placesAt(root));
  for (const cluster of clusters) await stopControlPlane(cluster);
  rmSync(root, { recursive: true, force: true });
  return clusters.length;
};

const clustersIn = (places: Places): readonly string[] =>
  readdirSync(places.clusters).map((cluster) => join(places.clusters, cluster));
