import type { types } from "@pulumi/kubernetes";

type Core = {
  readonly pod: types.input.core.v1.PodSecurityContext;
  readonly container: types.input.core.v1.SecurityContext;
};

/** The user and group that every workload runs as. */
export const workloadId = 1001;

/** A container that gets no right beyond those of its user, and writes to its volumes only. */
export const unprivileged: Core["container"] = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/**
 * What Pod Security's `restricted` asks for, and a root file system that cannot be written to. The group owns the volumes,
 * which is how files of mode 0440 can be read; their owner is changed only where it isn't right yet, since walking a large
 * volume at each start takes minutes.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const restricted: Core = {
  pod: {
    runAsNonRoot: true,
    runAsUser: workloadId,
    runAsGroup: workloadId,
    fsGroup: workloadId,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
  },
  container: { ...unprivileged, runAsNonRoot: true },
};
