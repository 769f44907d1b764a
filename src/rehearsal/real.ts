import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { stackChain } from "./chain";
import { RealClusterHost, isComplete, renderPlacement, settledPlacement, stopClusters } from "./control-plane";
import { placesAt, type Places } from "./engine/places";
import { openRehearsal, type Rehearsal } from "./rehearsal";
import { rehearseChain, type RehearseOptions, type Report } from "./rehearse-chain";
import { prepareStacks, type PreparedStacks } from "./stack-files";
import { controlPlaneTools, ensureTools, resolveTools, type ResolvedTool } from "./tools";
import { UserError } from "./user-error";

export interface RealOptions extends RehearseOptions {
  /** Leave the control plane up at the end. */
  readonly keep: boolean;
  /**
   * Seconds that an object has to become ready where it names none itself: a rehearsal of what can't become ready is over
   * sooner with less.
   * @default 120
   */
  readonly readyWithinSeconds?: number;
}

/**
 * Rehearses a stack, and first the one that it joins, with Kubernetes objects going to real control planes on loopback, whose
 * nodes are the program's node pools. All is well when every pod runs.
 */
export const rehearseReal = async (options: RealOptions): Promise<Report> => {
  const { progress, signal, readyWithinSeconds } = options;
  // Before any tool is built: what is wrong with a stack file is told at once.
  stackChain(options.repository, options.stack);
  const { pulumi } = await resolveTools(["pulumi"], progress);
  const binaries = await ensureTools(controlPlaneTools, progress);
  const isOwn = !existsSync(options.root);
  if (!isOwn && !options.keep) throw new UserError(isThereAlready(options));
  const places = placesAt(options.root);
  const host = new RealClusterHost({ dir: places.clusters, binaries, progress, readyWithinSeconds });
  const { stacks, rehearsal } = await open({ ...options, places, pulumi, host }).catch(async (error: unknown) => {
    await host.close();
    // Another run's stays: that it is under way may be the very reason.
    if (isOwn) await takeDown(options.root);
    throw error;
  });
  let kept = false;
  try {
    const report = await rehearseChain(rehearsal, stacks.chain, options, "real control plane").finally(() =>
      rehearsal.close(),
    );
    const texts = [report.text];
    let ok = report.ok;
    for (const cluster of clustersIn(places)) {
      const id = basename(cluster);
      const pools = host.autoscaledPools(id);
      const placement = await settledPlacement(readFileSync(kubeconfigPath(cluster), "utf8"), { pools });
      const failures = host.failures(id);
      ok &&= isComplete(placement) && failures.length === 0;
      texts.push(renderPlacement(placement));
      texts.push(...failures.map((failure) => `✗ What the cloud does by itself failed in cluster ${id}: ${failure}`));
      if (options.keep) texts.push(howToUse(cluster));
    }
    kept = options.keep && !signal.aborted;
    return { text: texts.join("\n\n"), ok };
  } finally {
    await host.close();
    if (!kept) await takeDown(options.root);
  }
};

interface OpenOptions extends RealOptions {
  readonly places: Places;
  readonly pulumi: ResolvedTool;
  readonly host: RealClusterHost;
}

interface Opened {
  readonly stacks: PreparedStacks;
  readonly rehearsal: Rehearsal;
}

const open = async (options: OpenOptions): Promise<Opened> => {
  const { repository, keep, places, pulumi, host, progress } = options;
  const stacks = prepareStacks({ ...options, folder: places.stackFiles });
  const { clouds, stackFiles } = stacks;
  const clusterHost = () => host;
  const args = { repository, stackFiles, clouds, places, pulumi, clusterHost, progress };
  return { stacks, rehearsal: await openRehearsal({ ...args, realControlPlane: true, throwaway: !keep }) };
};

const isThereAlready = ({ stack, cloud }: RealOptions): string => {
  const which = `--stack ${stack}${cloud === undefined ? "" : ` --cloud ${cloud}`}`;
  return (
    `A rehearsal of ${stack}${cloud === undefined ? "" : ` on ${cloud}`} is kept up, under way, or was killed.\n` +
    `Go on with it:  npm run rehearse -- ${which} --keep\n` +
    `End it:         npm run rehearse -- --down ${which}`
  );
};

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
