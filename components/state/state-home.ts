import type * as pulumi from "@pulumi/pulumi";

/** Where the state of all stacks lives, and what encrypts their secrets. */
export interface StateHome {
  /** What `pulumi login` takes. */
  readonly backend: pulumi.Output<string>;
  /** What `pulumi stack init --secrets-provider` takes. */
  readonly secretsProvider: pulumi.Output<string>;
}

export interface StateHomeArgs {
  /** What it is called, unique among all customers of the cloud: a company's short name. A change makes another home. */
  readonly name: string;
  /** The cloud's region. A state home can't be moved. */
  readonly region: string;
}

/**
 * How long what was deleted or replaced can be brought back, in days. A state's old versions are what a broken update is
 * put right from, weeks later too.
 */
export const keepStateDays = 90;

/**
 * Options of everything in a state home: the engine refuses to delete it, and where it is made to, the thing itself stays.
 */
export const kept = { protect: true, retainOnDelete: true } as const;
