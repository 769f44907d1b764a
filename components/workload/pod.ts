import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inputError } from "../shared";
import { defaultGraceSeconds, type WorkloadArgs } from "./args";
import { checksum, keyedChecksum } from "./checksum";
import { imageByDigest } from "./image";
import { workloadLabels } from "./labels";
import { ownNodes, placement } from "./placement";
import { probes } from "./probes";
import { containerResources } from "./resources";
import { restricted } from "./security";
import { containerPorts } from "./service";
import { gracefulStop } from "./termination";
import { mountedTogether, secretFiles, writableFolders, type Mounted } from "./volumes";

/** What a pod is made of besides what its arguments say. */
export interface PodParts {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes: Mounted["volumes"];
  /**
   * The node pools that it may run on.
   * @default "general"
   */
  readonly purpose?: "general" | "inference";
}

type Template = types.input.core.v1.PodTemplateSpec;
type Container = types.input.core.v1.Container;

export const settingsName = (name: string): string => `${name}-settings`;
export const secretsName = (name: string): string => `${name}-secrets`;

export const hasSecrets = (args: WorkloadArgs): boolean => Object.keys(args.secrets ?? {}).length > 0;

/** The workload's one container, as far as it is the same for every kind of workload. */
export const container = (args: WorkloadArgs, mounted: Mounted): Container => ({
  name: args.name,
  image: (args.requireDigest ?? true) ? imageByDigest(args.image) : args.image,
  imagePullPolicy: "IfNotPresent",
  ...(args.args && { args: [...args.args] }),
  envFrom: [{ configMapRef: { name: settingsName(args.name) } }],
  ports: containerPorts(args),
  ...probes(args.probes),
  lifecycle: gracefulStop(args.terminationGracePeriodSeconds ?? defaultGraceSeconds),
  resources: containerResources(args.resources),
  securityContext: restricted.container,
  volumeMounts: mounted.volumeMounts,
});

/** Folders and secrets that the arguments ask for. */
export const mounts = (args: WorkloadArgs): Mounted =>
  mountedTogether(
    writableFolders(args.writable ?? {}),
    ...(hasSecrets(args) ? [secretFiles(secretsName(args.name))] : []),
  );

/** A pod that passes Pod Security's `restricted`, runs on its environment's nodes and rolls when its contents change. */
export const podTemplate = (args: WorkloadArgs, parts: PodParts): Template => ({
  metadata: {
    labels: {
      ...workloadLabels(args.name, args.environment),
      // By which the cluster's webhook knows whom to give a token.
      ...(args.workloadIdentity && { "azure.workload.identity/use": "true" }),
    },
    annotations: contentAnnotations(args),
  },
  spec: {
    serviceAccountName: args.name,
    automountServiceAccountToken: false,
    // Without this each Service of the namespace becomes variables such as VLLM_PORT, which vLLM takes for its own.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: args.terminationGracePeriodSeconds ?? defaultGraceSeconds,
    securityContext: restricted.pod,
    ...placement(args.name, args.nodeSelector ?? ownNodes(args.environment, parts.purpose), parts.purpose),
    ...(parts.initContainers && { initContainers: [...parts.initContainers] }),
    containers: [...parts.containers],
    volumes: parts.volumes,
  },
});

const contentAnnotations = (args: WorkloadArgs): Record<string, pulumi.Input<string>> => ({
  "holdfast.dev/settings-checksum": checksum(args.settings ?? {}),
  ...(hasSecrets(args) && { "holdfast.dev/secrets-checksum": secretsChecksum(args) }),
});

const secretsChecksum = ({ secrets = {}, checksumKey }: WorkloadArgs): pulumi.Output<string> => {
  if (checksumKey === undefined) {
    throw inputError("checksumKey", "missing, though there are secrets, whose checksum must be keyed.");
  }
  // Keyed, it tells nothing, so it needs no hiding; hidden, it would hide the whole pod from policies and diffs.
  return pulumi.unsecret(
    pulumi.all([checksumKey, pulumi.all(secrets)]).apply(([key, files]) => keyedChecksum(key, files)),
  );
};
