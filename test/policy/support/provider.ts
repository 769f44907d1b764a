import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as service from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

export interface TestProvider {
  readonly port: number;
  /** Names of the resources made so far. */
  readonly created: readonly string[];
  stop(): void;
}

type Handler<Request, Response> = (call: { readonly request: Request }, done: grpc.sendUnaryData<Response>) => void;

const answer =
  <Request, Response>(respond: (request: Request) => Response): Handler<Request, Response> =>
  (call, done) =>
    done(null, respond(call.request));

/**
 * A provider of any package: accepts everything, makes it with the inputs as outputs, and gives each resource a `result`
 * that is known only once it is made, as a random value's is.
 */
export const startProvider = async (): Promise<TestProvider> => {
  const created: string[] = [];
  const server = new grpc.Server();
  server.addService(service.ResourceProviderService, {
    getPluginInfo: answer(() => build(new plugin.PluginInfo(), (info) => info.setVersion("999.0.0"))),
    handshake: answer(() =>
      build(new proto.ProviderHandshakeResponse(), (response) => {
        response.setAcceptSecrets(true);
        response.setAcceptResources(true);
        response.setAcceptOutputs(true);
      }),
    ),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    checkConfig: answer(checked),
    diffConfig: answer(() => new proto.DiffResponse()),
    configure: answer(() =>
      build(new proto.ConfigureResponse(), (response) => {
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        response.setAcceptresources(true);
      }),
    ),
    check: answer(checked),
    diff: answer(() => new proto.DiffResponse()),
    create: answer((request: proto.CreateRequest) => {
      const name = request.getUrn().split("::").at(-1) ?? "";
      const properties = request.getProperties()?.toJavaScript() ?? {};
      if (!request.getPreview()) created.push(name);
      return build(new proto.CreateResponse(), (response) => {
        if (!request.getPreview()) response.setId(name);
        response.setProperties(
          Struct.fromJavaScript({ ...properties, result: request.getPreview() ? unknownString : `made-${name}` }),
        );
      });
    }),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { port, created, stop: () => server.forceShutdown() };
};

const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const checked = (request: proto.CheckRequest): proto.CheckResponse =>
  build(new proto.CheckResponse(), (response) => response.setInputs(request.getNews()));

const build = <T>(message: T, set: (message: T) => void): T => {
  set(message);
  return message;
};
