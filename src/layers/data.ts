import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ModelStore } from "../../components/objects";
import { durableOptions, namespaceName } from "../../components/shared";
import type { StackConfig, StackSecrets } from "../config";
import type { EnabledApp } from "./enabled-apps";
import type { Foundation } from "./foundation";

/** What outlives the pods: the secrets of the services, and the store of the models. */
export class Data extends pulumi.ComponentResource {
  /** Secret files by service and file name: those generated here, and those of the stack file. */
  public readonly secrets: StackSecrets;
  /** Keys the checksums of secrets that pods carry. */
  public readonly checksumKey: pulumi.Output<string>;
  /** There where an inference service is on. */
  public readonly modelStore: ModelStore | undefined;

  public constructor(
    config: StackConfig,
    apps: readonly EnabledApp[],
    supplied: StackSecrets,
    foundation: Pick<Foundation, "modelStore">,
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
    this.registerOutputs({});
  }
}
