import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { vi } from "vitest";
import { templateFunction } from "../../../components/charts/template-call";
import { azureAnswers, azureCalls } from "./azure-answers";

/** What the engine is told of one resource, as it goes over the wire. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly dependencies: readonly string[];
  /** Inputs, with secrets still wrapped. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Recording<T> {
  readonly result: T;
  readonly resources: readonly Registered[];
  /** Types of the components that registered their outputs themselves, one for each; the SDK does it later for the rest. */
  readonly finished: readonly string[];
  /** Outputs that components registered, by URN, with secrets still wrapped. */
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The part of the SDK's own messages, which have no types, that is read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getObject(): Struct;
}
interface Struct {
  toJavaScript(): Record<string, unknown>;
}
type RegisterCallback = (error: unknown, response?: { getUrn(): string }) => void;

let recorded: Registered[] = [];
let outputs = new Map<string, Record<string, unknown>>();

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
const register = MockMonitor.prototype.registerResource;
MockMonitor.prototype.registerResource = function (request: RegisterRequest, callback: RegisterCallback) {
  return register.call(this, request, (error: unknown, response?: { getUrn(): string }) => {
    if (response) {
      recorded.push({
        urn: response.getUrn(),
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        parent: request.getParent(),
        provider: request.getProvider(),
        protect: request.getProtect(),
        retainOnDelete: request.getRetainondelete(),
        ignoreChanges: request.getIgnorechangesList(),
        dependencies: request.getDependenciesList(),
        inputs: request.getObject().toJavaScript(),
      });
    }
    callback(error, response);
  });
};

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
const registerOutputs = MockMonitor.prototype.registerResourceOutputs;
MockMonitor.prototype.registerResourceOutputs = function (
  request: { getUrn(): string; getOutputs(): Struct },
  callback: (error: unknown, response: unknown) => void,
) {
  outputs.set(request.getUrn(), request.getOutputs().toJavaScript());
  registerOutputs.call(this, request, callback);
};

/** Protected, and so not known to be there. */
interface Component {
  readonly __pulumiType: string;
  registerOutputs(): void;
}
const finishing = vi.spyOn(pulumi.ComponentResource.prototype as unknown as Component, "registerOutputs");

/** What clouds answer, as far as a component reads it. */
const computed = ({ type, name, inputs }: MockResourceArgs): Record<string, unknown> => {
  if (type.startsWith("azure-native:")) return azureAnswers(type, name, inputs as Record<string, unknown>);
  switch (type) {
    case "linode:index/lkeCluster:LkeCluster":
      return { kubeconfig: Buffer.from("plain-kubeconfig").toString("base64") };
    case "linode:index/objectStorageBucket:ObjectStorageBucket":
      return { s3Endpoint: "fr-par-1.linodeobjects.com" };
    case "linode:index/objectStorageKey:ObjectStorageKey":
      return { accessKey: "plain-access-key", secretKey: "plain-secret-key" };
    case "aws:eks/cluster:Cluster":
      return {
        endpoint: "https://eks.example.com",
        certificateAuthority: { data: "Y2VydGlmaWNhdGU=" },
        vpcConfig: { ...(inputs as { vpcConfig: object }).vpcConfig, clusterSecurityGroupId: "sg-1" },
      };
    case "aws:ec2/vpc:Vpc":
      return { ownerId: "123456789012" };
    case "aws:iam/role:Role":
    case "aws:kms/key:Key":
    case "aws:cloudwatch/logGroup:LogGroup":
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:${type.split(":")[2] ?? ""}` };
    case "aws:ecr/repository:Repository": {
      const { name: path } = inputs as { name: string };
      return {
        arn: `arn:aws:ecr:eu-central-1:111122223333:repository/${path}`,
        repositoryUrl: `111122223333.dkr.ecr.eu-central-1.amazonaws.com/${path}`,
      };
    }
    case "random:index/randomPassword:RandomPassword":
      return { result: "plain-password-".padEnd((inputs as { length: number }).length, "x") };
    default:
      return {};
  }
};

/** What is thrown in an apply: the SDK waits for ever for the resource that it was to be in. */
const rejectedLate = () => {
  let listener = (_reason: unknown): void => undefined;
  const rejected = new Promise<never>((_resolve, reject) => (listener = reject));
  process.on("unhandledRejection", listener);
  return { rejected, ignore: () => process.off("unhandledRejection", listener) };
};

interface ChartInputs {
  readonly jsonOpts: string;
}

/** What charts hold is Helm's business: here each holds the same object. */
const rendered = ({ jsonOpts }: ChartInputs) => {
  const { namespace } = JSON.parse(jsonOpts) as { readonly namespace: string };
  return { result: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "of-chart", namespace } }] };
};

/**
 * Runs a program against mocks, and tells all that it registered.
 * @param stackOutputs what any other stack answers
 */
export const record = async <T>(
  program: () => T,
  stackOutputs: Record<string, unknown> = {},
): Promise<Recording<T>> => {
  recorded = [];
  outputs = new Map();
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => (token === templateFunction ? rendered(inputs as ChartInputs) : azureCalls(token)),
      newResource: (args) => ({
        id: args.type === "linode:index/lkeCluster:LkeCluster" ? "4242" : `${args.name}-id`,
        state:
          args.type === "pulumi:pulumi:StackReference"
            ? { name: args.name, outputs: stackOutputs, secretOutputNames: [] }
            : { ...(args.inputs as Record<string, unknown>), ...computed(args) },
      }),
    },
    "holdfast",
    "test",
    false,
    "organization",
  );
  finishing.mockClear();
  const late = rejectedLate();
  try {
    const result = program();
    const finished = finishing.mock.contexts.map((component) => (component as Component).__pulumiType);
    return { result, resources: recorded, finished, outputs };
  } finally {
    // What a program registered before it failed is still on its way, and would end up in the next recording.
    await Promise.race([pulumi.runtime.disconnect(), late.rejected]);
    late.ignore();
  }
};

/** What a recording shows to anyone who reads it: everything but what is wrapped as a secret. */
export const inTheClear = (recording: Recording<unknown>): string =>
  JSON.stringify([recording.resources, [...recording.outputs]], (_, value: unknown) =>
    isSecret(value) ? "[secret]" : value,
  );

const isSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && specialSigKey in value && value[specialSigKey] === specialSecretSig;

/** The one resource of a type and name, or the only one of the type. */
export const only = (recording: Recording<unknown>, type: string, name?: string): Registered => {
  const found = recording.resources.filter((one) => one.type === type && (name === undefined || one.name === name));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} resources of ${type} ${name ?? ""}`);
  return first;
};
