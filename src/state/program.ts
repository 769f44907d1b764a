import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { StateHome } from "../../components/state";
import type { StateHomeRequest } from "./request";

/** What a state home's own stack puts out. Halves of an access key are there on Linode alone, and secret. */
export const outputNames = {
  region: "region",
  backend: "backend",
  secretsProvider: "secretsProvider",
  accessKey: "accessKey",
  secretKey: "secretKey",
} as const;

/** The program that makes a state home; of the clouds' SDKs, the one that is needed is loaded. */
export const stateHomeProgram =
  (request: StateHomeRequest): PulumiFn =>
  async () => {
    const { region } = request;
    const home = await homes[request.cloud](request);
    return { region, ...home };
  };

type Outputs = Pick<StateHome, "backend" | "secretsProvider"> & Readonly<Record<string, unknown>>;

const homes: Readonly<Record<StateHomeRequest["cloud"], (args: StateHomeRequest) => Promise<Outputs>>> = {
  async linode(args) {
    const { Provider } = await import("@pulumi/linode/provider");
    const { LinodeStateHome } = await import("../../components/state/linode-state-home");
    // Versioning needs an S3 key: one is made for the moment.
    const provider = new Provider("linode", { objUseTempKeys: true });
    const { backend, secretsProvider, accessKey, secretKey } = new LinodeStateHome("state", args, {
      providers: [provider],
    });
    return { backend, secretsProvider, accessKey, secretKey };
  },
  async aws(args) {
    const { Provider } = await import("@pulumi/aws/provider");
    const { AwsStateHome } = await import("../../components/state/aws-state-home");
    const provider = new Provider("aws", { region: args.region });
    const { backend, secretsProvider } = new AwsStateHome("state", args, { providers: [provider] });
    return { backend, secretsProvider };
  },
  async azure(args) {
    const { Provider } = await import("@pulumi/azure-native/provider");
    const { AzureStateHome } = await import("../../components/state/azure-state-home");
    const provider = new Provider("azure", { location: args.region });
    const { backend, secretsProvider } = new AzureStateHome("state", args, { providers: [provider] });
    return { backend, secretsProvider };
  },
};
