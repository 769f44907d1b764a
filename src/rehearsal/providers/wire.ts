import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { ConfigurationError, messageOf, NotReadyError, UnknownTokenError, UnreachableError } from "./errors";
import { pathText } from "./property-path";
import type * as standIn from "./stand-in";
import type { Properties } from "./values";

/** Between the engine's messages and what stand-ins work with. */

export const propertiesOf = (struct: Struct | undefined): Properties => {
  const properties: Properties | undefined = struct?.toJavaScript();
  return properties ?? {};
};

const propertiesIfAny = (struct: Struct | undefined): Properties | undefined => {
  const properties = propertiesOf(struct);
  return Object.keys(properties).length === 0 ? undefined : properties;
};

export const structOf = (properties: Properties): Struct => Struct.fromJavaScript(properties);

export const handshake = (): rpc.ProviderHandshakeResponse =>
  new rpc.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(false).setAcceptOutputs(false);

export const configured = (): rpc.ConfigureResponse =>
  new rpc.ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setAcceptresources(false)
    .setAcceptoutputs(false);

interface ResourceMessage {
  getUrn(): string;
  getType(): string;
}

const resource = (request: ResourceMessage, signal: AbortSignal) => ({
  urn: request.getUrn(),
  type: request.getType(),
  signal,
});

export const checkRequest = (request: rpc.CheckRequest, signal: AbortSignal): standIn.CheckRequest => ({
  ...resource(request, signal),
  name: request.getName(),
  oldInputs: propertiesIfAny(request.getOlds()),
  inputs: propertiesOf(request.getNews()),
  randomSeed: request.getRandomseed_asU8(),
});

export const diffRequest = (request: rpc.DiffRequest, signal: AbortSignal): standIn.DiffRequest => ({
  ...resource(request, signal),
  id: request.getId(),
  oldInputs: propertiesOf(request.getOldInputs()),
  inputs: propertiesOf(request.getNews()),
});

export const createRequest = (request: rpc.CreateRequest, signal: AbortSignal): standIn.CreateRequest => ({
  ...resource(request, signal),
  inputs: propertiesOf(request.getProperties()),
  preview: request.getPreview(),
  timeout: request.getTimeout(),
});

export const updateRequest = (request: rpc.UpdateRequest, signal: AbortSignal): standIn.UpdateRequest => ({
  ...resource(request, signal),
  id: request.getId(),
  oldInputs: propertiesOf(request.getOldInputs()),
  oldOutputs: propertiesOf(request.getOlds()),
  inputs: propertiesOf(request.getNews()),
  preview: request.getPreview(),
  timeout: request.getTimeout(),
});

export const readRequest = (request: rpc.ReadRequest, signal: AbortSignal): standIn.ReadRequest => ({
  ...resource(request, signal),
  id: request.getId(),
  oldInputs: propertiesIfAny(request.getInputs()),
  oldOutputs: propertiesIfAny(request.getProperties()),
});

export const deleteRequest = (request: rpc.DeleteRequest, signal: AbortSignal): standIn.DeleteRequest => ({
  ...resource(request, signal),
  id: request.getId(),
  oldInputs: propertiesOf(request.getOldInputs()),
  oldOutputs: propertiesOf(request.getProperties()),
  timeout: request.getTimeout(),
});

export const checkResponse = ({ inputs, failures }: standIn.CheckResult): rpc.CheckResponse =>
  new rpc.CheckResponse().setInputs(structOf(inputs)).setFailuresList(failuresOf(failures));

const failuresOf = (failures: readonly standIn.CheckFailure[]): rpc.CheckFailure[] =>
  failures.map(({ path, reason }) => new rpc.CheckFailure().setProperty(pathText(path)).setReason(reason));

const changeKinds = {
  add: [rpc.PropertyDiff.Kind.ADD, rpc.PropertyDiff.Kind.ADD_REPLACE],
  delete: [rpc.PropertyDiff.Kind.DELETE, rpc.PropertyDiff.Kind.DELETE_REPLACE],
  update: [rpc.PropertyDiff.Kind.UPDATE, rpc.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

export const diffResponse = ({ changes, deleteBeforeReplace }: standIn.DiffResult): rpc.DiffResponse => {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse().setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true).setDeletebeforereplace(deleteBeforeReplace);
  for (const { path, kind, replaces } of changes) {
    const text = pathText(path);
    const diff = new rpc.PropertyDiff().setKind(changeKinds[kind][replaces ? 1 : 0]).setInputdiff(true);
    response.getDetaileddiffMap().set(text, diff);
    response.addDiffs(String(path[0]));
    if (replaces) response.addReplaces(text);
  }
  return response;
};

export const readResponse = (result: standIn.ReadResult | undefined): rpc.ReadResponse => {
  // An answer without an id says that the resource is gone.
  if (result === undefined) return new rpc.ReadResponse();
  const { id, inputs, outputs } = result;
  return new rpc.ReadResponse().setId(id).setProperties(structOf(outputs)).setInputs(structOf(inputs));
};

export const invokeResponse = ({ result, failures }: standIn.InvokeResult): rpc.InvokeResponse =>
  failures === undefined
    ? new rpc.InvokeResponse().setReturn(structOf(result))
    : new rpc.InvokeResponse().setFailuresList(failuresOf(failures));

/** An error as the engine understands it. */
export const statusOf = (error: unknown): Partial<ServiceError> => {
  const message = messageOf(error);
  if (error instanceof NotReadyError) return { code: status.UNKNOWN, details: message, metadata: notReady(error) };
  return { code: codeOf(error), details: message };
};

const codeOf = (error: unknown): status => {
  if (error instanceof UnknownTokenError) return status.INVALID_ARGUMENT;
  if (error instanceof ConfigurationError || error instanceof UnreachableError) return status.FAILED_PRECONDITION;
  return status.UNKNOWN;
};

/** gRPC carries structured errors in this trailer, as a google.rpc.Status. */
const notReady = ({ id, outputs, inputs, reasons, message }: NotReadyError): Metadata => {
  const detail = new rpc.ErrorResourceInitFailed().setId(id).setReasonsList([...reasons]);
  detail.setProperties(structOf(outputs)).setInputs(structOf(inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const error = new Status();
  error.setCode(status.UNKNOWN);
  error.setMessage(message);
  error.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(error.serializeBinary()));
  return metadata;
};
