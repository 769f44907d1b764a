import * as pulumi from "@pulumi/pulumi";
import { S3Bucket } from "../objects/s3-bucket";
import { keepStateDays, type StateHome, type StateHomeArgs } from "./state-home";
import { stateNames } from "./state-names";

/**
 * A private, versioned bucket on AWS that is reached over TLS alone, and a key of ours that encrypts it and the stacks'
 * secrets. Who may use them is decided by IAM, in the account: nothing here lets anybody in.
 */
export class AwsStateHome extends pulumi.ComponentResource implements StateHome {
  public readonly backend: pulumi.Output<string>;
  public readonly secretsProvider: pulumi.Output<string>;

  public constructor(name: string, args: StateHomeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:state:AwsStateHome", name, {}, opts);
    const names = stateNames(args.name);
    const home = new S3Bucket(
      name,
      {
        // First of all: where this name is taken, by an earlier run from elsewhere or by a stranger, nothing else is made.
        bucket: names.bucket,
        keeping: { replaced: keepStateDays },
        key: { description: `Pulumi's state and the secrets in it: ${args.name}`, alias: names.keyAlias },
      },
      { parent: this },
    );
    this.backend = pulumi.interpolate`s3://${home.bucket}?region=${args.region}&awssdk=v2`;
    this.secretsProvider = home.bucket.apply(() => `awskms://${names.keyAlias}?region=${args.region}`);
    this.registerOutputs({ backend: this.backend, secretsProvider: this.secretsProvider });
  }
}
