import * as ecr from "@pulumi/aws/ecr";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { durableOptions } from "../shared";
import { cachedByEcr, cachePrefix, repositoryName } from "./ecr-names";
import { fillCaches, keepImages, keepTagged } from "./ecr-policies";
import type { Registry } from "./registry";

export interface EcrRepositoriesArgs {
  readonly environment: string;
  /** Services with an image of their own: each has a repository. At least one. */
  readonly apps: readonly [string, ...string[]];
  /**
   * The role of the nodes that copies of other registries' images are kept for: quay.io, registry.k8s.io and
   * public.ecr.aws, which need no credentials. Only the nodes' own stack can say it.
   * @default no copies are kept
   */
  readonly nodeRoleArn?: pulumi.Input<string>;
  /**
   * Images that stay in each repository, counted from the newest. Not where `durable`: nothing that counts knows which
   * image runs.
   * @default 100
   */
  readonly keepImages?: number;
  /**
   * Protects the repositories from deletion, and every image with a tag; otherwise they go with all their images.
   * @default true
   */
  readonly durable?: boolean;
}

/**
 * Private repositories on ECR in which a tag can't be moved, each image scanned as it arrives. Encryption is ECR's own
 * (AES-256), for the same reason as the model store's. Nodes of the account may pull; who may push is for IAM to say.
 */
export class EcrRepositories extends pulumi.ComponentResource implements Registry {
  /** Known once every repository is there. */
  public readonly address: pulumi.Output<string>;

  /** @throws InputPropertyError where a name doesn't fit */
  public constructor(name: string, args: EcrRepositoriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:registry:EcrRepositories", name, {}, opts);
    const { environment, apps, durable = true } = args;
    const make = (app: string): ecr.Repository => {
      const repository = new ecr.Repository(
        `${name}-${app}`,
        {
          name: repositoryName(environment, app),
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfigurations: [{ encryptionType: "AES256" }],
          forceDelete: !durable,
        },
        { parent: this, ...durableOptions(durable) },
      );
      new ecr.LifecyclePolicy(
        `${name}-${app}`,
        { repository: repository.name, policy: durable ? keepTagged : keepImages(args.keepImages ?? 100) },
        // ECR has one policy a repository: the old one has to go before the new one comes.
        { parent: this, deleteBeforeReplace: true },
      );
      return repository;
    };
    const [first, ...rest] = apps;
    const repository = make(first);
    const others = rest.map(make);
    if (args.nodeRoleArn !== undefined) this.keepCopies(name, environment, args.nodeRoleArn, repository.arn);
    this.address = pulumi
      .all([repository.repositoryUrl, pulumi.all(others.map(({ repositoryUrl }) => repositoryUrl))])
      .apply(([url]) => url.slice(0, -`/${first}`.length));
    this.registerOutputs({ address: this.address });
  }

  private keepCopies(
    name: string,
    environment: string,
    nodeRoleArn: pulumi.Input<string>,
    repositoryArn: pulumi.Output<string>,
  ): void {
    const upstreams = Object.keys(cachedByEcr) as (keyof typeof cachedByEcr)[];
    const prefixes = upstreams.map((upstream) => cachePrefix(environment, upstream));
    const mayFill = new iam.RolePolicy(
      `${name}-caches`,
      {
        role: pulumi.output(nodeRoleArn).apply((arn) => arn.slice(arn.lastIndexOf("/") + 1)),
        policy: repositoryArn.apply((arn) => fillCaches(arn, prefixes)),
      },
      { parent: this },
    );
    for (const upstream of upstreams) {
      const prefix = cachePrefix(environment, upstream);
      const template = new ecr.RepositoryCreationTemplate(
        `${name}-${upstream}`,
        {
          prefix,
          description: `Copies of ${cachedByEcr[upstream]}`,
          appliedFors: ["PULL_THROUGH_CACHE"],
          // A tag follows the other registry's, which ECR asks once a day.
          imageTagMutability: "MUTABLE",
          encryptionConfigurations: [{ encryptionType: "AES256" }],
          lifecyclePolicy: keepTagged,
        },
        { parent: this },
      );
      new ecr.PullThroughCacheRule(
        `${name}-${upstream}`,
        { ecrRepositoryPrefix: prefix, upstreamRegistryUrl: cachedByEcr[upstream] },
        { parent: this, dependsOn: [template, mayFill] },
      );
    }
  }
}
