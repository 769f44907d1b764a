import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { CallRecord } from "./calls";
import { ConfigurationError } from "./errors";
import type { Faults, FaultyCall } from "./faults";
import { propertyDiff } from "./property-diff";
import type { Provider, Services, StandIn } from "./stand-in";
import { reveal } from "./values";
import * as wire from "./wire";

export interface ServiceContext {
  readonly services: Services;
  readonly calls: CallRecord[];
  readonly faults: Faults;
}

/** What one connection of the engine has set up: each configured provider of a program has a connection of its own. */
interface Session {
  provider: Provider | undefined;
  readonly abort: AbortController;
}

interface Subject {
  readonly method: FaultyCall;
  readonly type: string;
  readonly urn: string;
  readonly preview?: boolean;
}

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/** Speaks the engine's protocol for one stand-in. */
export const providerService = (standIn: StandIn, { services, calls, faults }: ServiceContext) => {
  const sessions = new Map<string, Session>();

  const sessionOf = (peer: string): Session => {
    const session = sessions.get(peer) ?? { provider: undefined, abort: new AbortController() };
    sessions.set(peer, session);
    return session;
  };

  const configured = (session: Session, { method, type }: Subject): Provider => {
    if (session.provider !== undefined) return session.provider;
    throw new ConfigurationError(`${standIn.name}: ${method} of ${type} on a provider that was never configured`);
  };

  const unary =
    <Request, Response>(
      answer: (request: Request, session: Session) => Response | Promise<Response>,
    ): Handler<Request, Response> =>
    (call, callback) => {
      const run = async (): Promise<Response> => answer(call.request, sessionOf(call.getPeer()));
      run().then(
        (response) => callback(null, response),
        (error: unknown) => callback(wire.statusOf(error)),
      );
    };

  /** A call that is recorded, and that a fault may hit. */
  const recorded = <Request, Response>(
    subjectOf: (request: Request) => Subject,
    answer: (request: Request, provider: Provider, session: Session) => Response | Promise<Response>,
  ): Handler<Request, Response> =>
    unary((request, session) => {
      const subject = subjectOf(request);
      const { method, type, urn, preview } = subject;
      calls.push({ package: standIn.name, method, type, urn, preview });
      const run = (): Response | Promise<Response> => answer(request, configured(session, subject), session);
      // A preview changes nothing in the cloud, so a fault of the cloud cannot hit it.
      if (preview === true && method !== "invoke") return run();
      return faults.around({ call: method, type, urn }, session.abort.signal, run);
    });

  const resource = (method: FaultyCall) => (request: ResourceMessage) => ({
    method,
    type: request.getType(),
    urn: request.getUrn(),
    ...("getPreview" in request ? { preview: request.getPreview() } : {}),
  });

  const handlers: UntypedServiceImplementation = {
    handshake: unary(() => wire.handshake()),
    attach: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(standIn.version)),

    checkConfig: unary((request: rpc.CheckRequest) => {
      const config = wire.propertiesOf(request.getNews());
      return wire.checkResponse({ inputs: config, failures: standIn.checkConfig(reveal(config)) });
    }),

    diffConfig: unary((request: rpc.DiffRequest) => {
      const before = reveal(wire.propertiesOf(request.getOldInputs() ?? request.getOlds()));
      const after = reveal(wire.propertiesOf(request.getNews()));
      const changes = propertyDiff(before, after).map((change) => ({
        ...change,
        replaces: standIn.configReplaces(String(change.path[0]), before, after),
      }));
      return wire.diffResponse({ changes, deleteBeforeReplace: false });
    }),

    configure: unary((request: rpc.ConfigureRequest, session) => {
      const type = `pulumi:providers:${standIn.name}`;
      const urn = request.getUrn() ?? "";
      calls.push({ package: standIn.name, method: "configure", type, urn, preview: undefined });
      return faults.around({ call: "configure", type: standIn.name, urn }, session.abort.signal, async () => {
        session.provider = await standIn.configure(reveal(wire.propertiesOf(request.getArgs())), services);
        return wire.configured();
      });
    }),

    check: recorded(resource("check"), async (request: rpc.CheckRequest, provider, { abort }) =>
      wire.checkResponse(await provider.check(wire.checkRequest(request, abort.signal))),
    ),

    diff: recorded(resource("diff"), (request: rpc.DiffRequest, provider, { abort }) =>
      wire.diffResponse(provider.diff(wire.diffRequest(request, abort.signal))),
    ),

    create: recorded(resource("create"), async (request: rpc.CreateRequest, provider, { abort }) => {
      const { id, outputs } = await provider.create(wire.createRequest(request, abort.signal));
      return new rpc.CreateResponse().setId(id).setProperties(wire.structOf(outputs));
    }),

    read: recorded(resource("read"), async (request: rpc.ReadRequest, provider, { abort }) =>
      wire.readResponse(await provider.read(wire.readRequest(request, abort.signal))),
    ),

    update: recorded(resource("update"), async (request: rpc.UpdateRequest, provider, { abort }) =>
      new rpc.UpdateResponse().setProperties(
        wire.structOf(await provider.update(wire.updateRequest(request, abort.signal))),
      ),
    ),

    delete: recorded(resource("delete"), async (request: rpc.DeleteRequest, provider, { abort }) => {
      await provider.delete(wire.deleteRequest(request, abort.signal));
      return new Empty();
    }),

    invoke: recorded(
      (request: rpc.InvokeRequest) => ({ method: "invoke", type: request.getTok(), urn: "" }),
      async (request: rpc.InvokeRequest, provider) =>
        wire.invokeResponse(await provider.invoke(request.getTok(), wire.propertiesOf(request.getArgs()))),
    ),

    cancel: unary((_request: Empty, session) => {
      session.abort.abort(new Error("cancelled"));
      return new Empty();
    }),
  };

  return {
    handlers,
    /** Ends what calls are waiting for. */
    stop: () => {
      for (const { abort } of sessions.values()) abort.abort(new Error("the providers were stopped"));
    },
  };
};

type ResourceMessage =
  rpc.CheckRequest | rpc.DiffRequest | rpc.CreateRequest | rpc.ReadRequest | rpc.UpdateRequest | rpc.DeleteRequest;
