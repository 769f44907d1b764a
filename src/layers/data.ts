import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { BucketUse, ModelStore } from "../../components/objects";
import type { Registry } from "../../components/registry";
import { durableOptions, namespaceName } from "../../components/shared";
import type { StackConfig, StackSecrets } from "../config";
import type { EnabledApp } from "./enabled-apps";
import type { Foundation } from "./foundation";

/** What outlives the pods: the secrets of the services, the buckets with the store of the models, and the images. */
export class Data extends pulumi.ComponentResource {
  /** Secret files by service and file name: those generated here, and those of the stack file. */
  public readonly secrets: StackSecrets;
  /** Keys the checksums of secrets that pods carry. */
  public readonly checksumKey: pulumi.Output<string>;
  /** There where an inference service is on. */
  public readonly modelStore: ModelStore | undefined;
  /** Addresses of the buckets that there are, by what they are for. */
  public readonly buckets: Readonly<Partial<Record<BucketUse, pulumi.Output<string>>>>;
  /** There where a service has an image of its own, and the cloud a registry of ours. */
  public readonly registry: Registry | undefined;

  public constructor(
    config: StackConfig,
    apps: readonly EnabledApp[],
    supplied: StackSecrets,
    foundation: Pick<Foundation, "modelStore" | "buckets" | "registry">,
  ) {
    super("holdfast:layer:Data", "data");
    const durable = config.tier === "production";
    const password = (name: string, length: number): pulumi.Output<string> =>
      new random.RandomPassword(name, { length, special: false }, { parent: this, ...durableOptions(durable) }).result;
    this.checksumKey = password("checksum-key", 64);
    this.secrets = Object.fromEntries(
      apps.map(({ spec }) => {
        const generated = Object.entries(spec.generatedSecrets).map(
          // The dot keeps names apart: `a-b` with `c` is not `a` with `b-c`.
          ([file, length]) => [file, password(`${spec.name}.${file}`, length)] as const,
        );
        return [spec.name, { ...Object.fromEntries(generated), ...supplied[spec.name] }];
      }),
    );
    const readers = apps
      .filter(({ spec }) => spec.kind === "inference")
      .map(({ spec }) => ({ namespace: namespaceName(config.environment, spec.tier), serviceAccount: spec.name }));
    if (readers.length > 0) this.modelStore = foundation.modelStore(readers, { parent: this });
    const models = this.modelStore?.address;
    const others = foundation.buckets?.({ parent: this });
    this.buckets = {
      ...(models && { models }),
      ...(others && { exports: others.exports.address, backups: others.backups.address }),
    };
    // An inference service runs its project's own image.
    const [first, ...rest] = apps.filter(({ spec }) => spec.kind === "http").map(({ spec }) => spec.name);
    if (first !== undefined) this.registry = foundation.registry?.([first, ...rest], { parent: this });
    this.registerOutputs({});
  }
}
