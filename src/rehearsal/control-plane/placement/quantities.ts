import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { quantityToScalar } from "@kubernetes/client-node/dist/util.js";

/** A quantity as the API server writes it, as a number in the resource's base unit: cores, bytes, devices. */
export const amount = (quantity: string | undefined): number => Number(quantityToScalar(quantity ?? "0"));

/**
 * What the scheduler reckons a pod to ask for: the larger of what its containers ask for together and what any step of
 * its initialisation asks for, where init containers that keep running count in everything after them.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export const podRequest = (pod: V1Pod, resource: string): number => {
  const asked = (container: V1Container) => amount(container.resources?.requests?.[resource]);
  let sidecars = 0;
  let initialising = 0;
  for (const container of pod.spec?.initContainers ?? []) {
    const isSidecar = container.restartPolicy === "Always";
    initialising = Math.max(initialising, sidecars + asked(container));
    if (isSidecar) sidecars += asked(container);
  }
  const running = sidecars + (pod.spec?.containers ?? []).reduce((sum, container) => sum + asked(container), 0);
  return Math.max(running, initialising) + amount(pod.spec?.overhead?.[resource]);
};
