import type { types } from "@pulumi/kubernetes";

/** Seconds in which every proxy learns that a pod goes. */
const deregistrationSeconds = 10;

/**
 * A pod that is told to stop still gets calls until all proxies know. It waits that long before it is told, but never more
 * than a third of its grace, so that most of it is left to finish.
 */
export const preStopSeconds = (terminationGracePeriodSeconds: number): number =>
  Math.min(deregistrationSeconds, Math.floor(terminationGracePeriodSeconds / 3));

/** The kubelet itself sleeps: no shell is needed in the image. */
export const gracefulStop = (terminationGracePeriodSeconds: number): types.input.core.v1.Lifecycle => ({
  preStop: { sleep: { seconds: preStopSeconds(terminationGracePeriodSeconds) } },
});
