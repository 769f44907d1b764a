import * as pulumi from "@pulumi/pulumi";
import { LinodeBucket, scopedKey } from "../objects/linode-bucket";
import { keepStateDays, kept, type StateHome, type StateHomeArgs } from "./state-home";
import { stateNames } from "./state-names";

/**
 * A private, versioned bucket on Linode, and a key that reads and writes this bucket and nothing else. Linode has no key
 * management service: a passphrase encrypts the stacks' secrets, and the state as a whole is not encrypted with a key of
 * ours.
 */
export class LinodeStateHome extends pulumi.ComponentResource implements StateHome {
  public readonly backend: pulumi.Output<string>;
  public readonly secretsProvider: pulumi.Output<string>;
  /** The scoped key's two halves; secret. */
  public readonly accessKey: pulumi.Output<string>;
  public readonly secretKey: pulumi.Output<string>;

  public constructor(name: string, args: StateHomeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("holdfast:state:LinodeStateHome", name, {}, opts);
    const child = { parent: this, ...kept };
    const names = stateNames(args.name);
    const { region } = args;
    const bucket = new LinodeBucket(
      name,
      { label: names.bucket, region, keeping: { replaced: keepStateDays } },
      { parent: this },
    );
    const key = scopedKey(name, { label: names.accessKeyLabel, bucket, region, permissions: "read_write" }, child);
    // The endpoint's first part is what Linode signs requests for: `fr-par-1` of fr-par-1.linodeobjects.com.
    const place = bucket.s3Endpoint.apply((endpoint) => endpoint.split(".")[0] ?? args.region);
    this.backend = pulumi.interpolate`s3://${bucket.label}?endpoint=https://${bucket.s3Endpoint}&region=${place}&awssdk=v2`;
    this.secretsProvider = pulumi.output("passphrase");
    this.accessKey = pulumi.secret(key.accessKey);
    this.secretKey = pulumi.secret(key.secretKey);
    this.registerOutputs({ backend: this.backend, secretsProvider: this.secretsProvider });
  }
}
