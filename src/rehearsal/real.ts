import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { renderSummary } from "../report/summary";
import { stackChain } from "./chain";
import { RealClusterHost, kubeconfigPath, renderPlacement, settledPlacement, stopControlPlane } from "./control-plane";
import { OperationFailed } from "./engine/gate";
import { placesAt, type Places } from "./engine/places";
import type { Progress } from "./progress";
import { openRehearsal } from "./rehearsal";
import { rehearseStack } from "./rehearse-stack";
import { renderFailure } from "../report/failure";
import { controlPlaneTools, resolveTools } from "./tools";

export interface RealOptions {
  readonly repository: string;
  /** Where everything that the rehearsal makes is kept. */
  readonly root: string;
  readonly stack: string;
  /** Leave it up at the end. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly verbose: boolean;
}

/**
 * Rehearses a stack, and first the one that it joins, with Kubernetes objects going to real control planes on loopback, whose
 * nodes are the program's node pools. All is well when every pod runs.
 */
export const rehearseReal = async (options: RealOptions): Promise<{ readonly text: string; readonly ok: boolean }> => {
  const chain = stackChain(options.repository, options.stack);
  const { pulumi } = await resolveTools(["pulumi"], options.progress);
  const binaries = await resolveTools(controlPlaneTools, options.progress);
  const places = placesAt(options.root);
  let kept = false;
  try {
    const rehearsal = await openRehearsal({
      repository: options.repository,
      places,
      pulumi,
      clusterHost: () => new RealClusterHost({ root: places.clusters, binaries, progress: options.progress }),
    });
    const texts: string[] = [];
    let ok = true;
    try {
      for (const { stack, config } of chain) {
        const result = await rehearseStack(rehearsal, {
          stack,
          signal: options.signal,
          progress: options.progress,
          ...(options.verbose ? { onOutput: (text: string) => process.stderr.write(text) } : {}),
        });
        ok &&= result.unsettled.length === 0;
        texts.push(renderSummary(result, `${config.cloud} ${config.region}, real control plane`));
      }
    } catch (error) {
      if (!(error instanceof OperationFailed) || options.signal.aborted) throw error;
      ok = false;
      texts.push(renderFailure(error));
    } finally {
      await rehearsal.close();
    }
    for (const cluster of clustersIn(places)) {
      const placement = await settledPlacement(kubeconfigPath(cluster), { signal: options.signal });
      ok &&= placement.notRunning.length === 0;
      texts.push(renderPlacement(placement));
      if (options.keep)
        texts.push(`Kept up: export KUBECONFIG=${kubeconfigPath(cluster)}\nStop it: npm run rehearse -- --down`);
    }
    kept = options.keep && !options.signal.aborted;
    return { text: texts.join("\n\n"), ok };
  } finally {
    if (!kept) await takeDown(options.root);
  }
};

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
