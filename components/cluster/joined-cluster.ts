import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, JoiningFacts } from "./cluster";
import { kubernetesProvider } from "./kubernetes-provider";

export interface JoinedClusterArgs {
  /** Full name of the stack that owns the cluster: `organization/project/stack`. */
  readonly ownerStack: string;
  /** The environment that joins; the owner must list it among its members. */
  readonly environment: string;
  /**
   * Keeps this environment's objects in the state while the cluster cannot be reached.
   * @default true
   */
  readonly durable?: boolean;
  /**
   * The kubeconfig that this stack's objects are made with, where the owner's own is for people only.
   * @default the owner's
   */
  readonly access?: (joining: pulumi.Output<JoiningFacts>) => pulumi.Output<string>;
}

/** A cluster that another stack owns, read from that stack's outputs. */
export class JoinedCluster extends pulumi.ComponentResource implements Cluster {
  public readonly clusterId: pulumi.Output<string>;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly provider: k8s.Provider;
  public readonly joining: pulumi.Output<JoiningFacts>;

  public constructor(name: string, args: JoinedClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:cluster:JoinedCluster", name, {}, opts);
    const owner = new pulumi.StackReference(args.ownerStack, {}, { parent: this });
    const read = <T>(output: string, isRight: (value: unknown) => value is T): pulumi.Output<T> =>
      owner.getOutput(output).apply((value: unknown) => {
        if (isRight(value)) return value;
        throw new pulumi.RunError(missingOutput(args.ownerStack, output, value));
      });
    // An owner that doesn't know this environment would delete its node pools at its next update.
    this.clusterId = pulumi
      .all([read("clusterId", isString), read("members", isStrings)])
      .apply(([clusterId, members]) => {
        if (members.includes(args.environment)) return clusterId;
        throw new pulumi.RunError(notAMember(args.ownerStack, args.environment));
      });
    this.kubeconfig = pulumi.secret(read("kubeconfig", isString));
    this.joining = read("joining", isFacts);
    const { clusterId, kubeconfig } = this;
    const access = args.access ? pulumi.secret(args.access(this.joining)) : kubeconfig;
    const forgetUnreachable = !(args.durable ?? true);
    // Where the cloud's id is a name, the owner tells the address too.
    const identity = pulumi
      .all([clusterId, this.joining])
      .apply(([id, { endpoint }]) => (typeof endpoint === "string" ? endpoint : id));
    this.provider = kubernetesProvider(name, { identity, kubeconfig: access, forgetUnreachable }, this);
    this.registerOutputs({ clusterId, kubeconfig });
  }
}

/** Says what the owner lacks and how to get it; never the value, which may be a secret. */
export const missingOutput = (ownerStack: string, output: string, found: unknown): string => {
  const stack = shortName(ownerStack);
  const problem = found === undefined ? "has no output" : `has an output of the wrong type (${typeof found}) for`;
  return (
    `The cluster belongs to stack ${ownerStack}, which ${problem} "${output}". ` +
    `Bring it up first: pulumi up -s ${stack}`
  );
};

/** The stack as `pulumi up -s` takes it: the last part of its full name. */
const shortName = (stack: string): string => stack.split("/").at(-1) ?? stack;

export const notAMember = (ownerStack: string, environment: string): string => {
  const stack = shortName(ownerStack);
  return (
    `The cluster's owner ${ownerStack} does not list ${environment} among its members, and its next update would delete ` +
    `${environment}'s node pools. Add ${environment} to holdfast:cluster.members in Pulumi.${stack}.yaml, then: pulumi up -s ${stack}`
  );
};

const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString);
const isString = (value: unknown): value is string => typeof value === "string" && value !== "";
const isFacts = (value: unknown): value is JoiningFacts =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((fact) => isString(fact) || isStrings(fact));
