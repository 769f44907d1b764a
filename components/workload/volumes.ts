import type { types } from "@pulumi/kubernetes";

export interface Mounted {
  readonly volumes: types.input.core.v1.Volume[];
  readonly volumeMounts: types.input.core.v1.VolumeMount[];
}

/** Where a workload finds its secrets, one file each. */
export const secretsFolder = "/var/run/secrets/holdfast";

/** Owner and group may read: the group is the pod's. 0440. */
const secretFileMode = 0o440;

/** The only places that can be written to, each of a size beyond which the pod is evicted. */
export const writableFolders = (sizes: Readonly<Record<string, string>>): Mounted => {
  const folders = Object.entries(sizes).map(([mountPath, sizeLimit], index) => ({
    // By position: a path has characters that a volume's name may not, and two paths could be made into one name.
    name: `writable-${index}`,
    mountPath,
    sizeLimit,
  }));
  return {
    volumes: folders.map(({ name, sizeLimit }) => ({ name, emptyDir: { sizeLimit } })),
    volumeMounts: folders.map(({ name, mountPath }) => ({ name, mountPath })),
  };
};

/** A Secret as files. Environment variables leak: to child processes, crash reports and `kubectl describe`. */
export const secretFiles = (secretName: string, mountPath = secretsFolder): Mounted => ({
  volumes: [{ name: secretName, secret: { secretName, defaultMode: secretFileMode } }],
  volumeMounts: [{ name: secretName, mountPath, readOnly: true }],
});

export const mountedTogether = (...parts: readonly Mounted[]): Mounted => ({
  volumes: parts.flatMap((part) => part.volumes),
  volumeMounts: parts.flatMap((part) => part.volumeMounts),
});
