import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stackChain } from "./chain";
import { RealClusterHost, isComplete, renderPlacement, settledPlacement, stopClusters } from "./control-plane";
import { placesAt, type Places } from "./engine/places";
import { openRehearsal, type Rehearsal } from "./rehearsal";
import { rehearseChain, type RehearseOptions, type Report } from "./rehearse-chain";
import { controlPlaneTools, ensureTools, resolveTools, type ResolvedTool } from "./tools";
import { UserError } from "./user-error";

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
  const isOwn = !existsSync(options.root);
  if (!isOwn && !options.keep) throw new UserError(isThereAlready(options.stack));
  const places = placesAt(options.root);
  const host = () => new RealClusterHost({ dir: places.clusters, binaries, progress });
  const rehearsal = await open({ ...options, places, pulumi, host }).catch(async (error: unknown) => {
    // Another run's stays: that it is under way may be the very reason.
    if (isOwn) await takeDown(options.root);
    throw error;
  });
  let kept = false;
  try {
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

interface OpenOptions extends Pick<RealOptions, "repository" | "keep"> {
  readonly places: Places;
  readonly pulumi: ResolvedTool;
  readonly host: () => RealClusterHost;
}

const open = ({ repository, keep, places, pulumi, host }: OpenOptions): Promise<Rehearsal> =>
  openRehearsal({ repository, places, pulumi, realControlPlane: true, throwaway: !keep, clusterHost: host });

const isThereAlready = (stack: string): string =>
  `A rehearsal of ${stack} is kept up, under way, or was killed.\n` +
  `Go on with it:  npm run rehearse -- --stack ${stack} --keep\n` +
  `End it:         npm run rehearse -- --down --stack ${stack}`;

const kubeconfigPath = (cluster: string): string => join(cluster, "kubeconfig");

const howToUse = (cluster: string): string =>
  `Kept up. Use it:   export KUBECONFIG=${kubeconfigPath(cluster)}\n         Stop it:  npm run rehearse -- --down`;

/** Stops every control plane below a rehearsal's folder, then forgets the rehearsal. Returns how many were there. */
export const takeDown = async (root: string): Promise<number> => {
  if (!existsSync(root)) return 0;
  const places = placesAt(root);
  const clusters = clustersIn(places);
  await stopClusters(places.clusters);
  rmSync(root, { recursive: true, force: true });
  return clusters.length;
};

const clustersIn = (places: Places): readonly string[] =>
  readdirSync(places.clusters).map((cluster) => join(places.clusters, cluster));
