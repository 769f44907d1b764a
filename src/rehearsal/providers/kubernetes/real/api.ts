import { Agent, request, type RequestOptions } from "node:https";
import { request as plainRequest } from "node:http";
import type { KubeConfig } from "@kubernetes/client-node";

import { messageOf, UnreachableError } from "../../errors";
import { isList, isProperties, textOf, type Properties, type Value } from "../../values";
import { serverOf } from "../config";
import type { ObjectKind } from "../kinds";
import type { ObjectName } from "../object";

/** The API server's refusal, with its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

interface Call {
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Properties;
}

/** Connections kept open to one API server; more at once only make them wait for each other on a laptop. */
const maxSockets = 16;

/** As much of a Kubernetes API as server-side apply needs, over kept-alive connections. */
export class Api {
  private options: Promise<RequestOptions> | undefined;
  private readonly resources = new Map<string, Promise<readonly Properties[]>>();

  constructor(private readonly kubeconfig: KubeConfig) {}

  /** @throws ApiError with the server's reason; UnreachableError when it doesn't answer */
  async call({ method, path, query = {}, body }: Call): Promise<Properties> {
    this.options ??= this.connect();
    const options = await this.options;
    const url = new URL(serverOf(this.kubeconfig).replace(/\/$/, "") + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(options.headers as Record<string, string>),
      accept: "application/json",
      ...(text === undefined ? {} : { "content-type": contentType(method), "content-length": Buffer.byteLength(text) }),
    };
    const { status, answer } = await send(url, { ...options, method, headers }, text);
    if (status < 300) return answer;
    throw new ApiError(status, typeof answer.message === "string" ? answer.message : `HTTP status ${status}`);
  }

  /** The path of one object. @throws ApiError 404 where the cluster has no such kind */
  async pathOf(kind: ObjectKind, { namespace, name }: ObjectName): Promise<string> {
    const { base, plural, namespaced } = await this.resourceOf(kind);
    const scope = namespaced ? `/namespaces/${encodeURIComponent(namespace ?? "default")}` : "";
    return `${base}${scope}/${plural}/${encodeURIComponent(name)}`;
  }

  /** The items of a list. */
  async list(path: string, query: Readonly<Record<string, string>>): Promise<readonly Properties[]> {
    const { items } = await this.call({ method: "GET", path, query });
    return isList(items) ? items.filter(isProperties) : [];
  }

  async isNamespaced(kind: ObjectKind): Promise<boolean> {
    return (await this.resourceOf(kind)).namespaced;
  }

  private async resourceOf({ apiVersion, kind, group }: ObjectKind) {
    const base = group === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
    const find = async () =>
      (await this.resourcesOf(base)).find((entry) => entry.kind === kind && !textOf(entry.name).includes("/"));
    let found = await find();
    if (found === undefined) {
      // A definition made a moment ago is not in what was read before it.
      this.resources.delete(base);
      found = await find();
    }
    if (found === undefined) throw new ApiError(404, `the cluster has no kind ${kind} in ${apiVersion}`);
    return { base, plural: textOf(found.name), namespaced: found.namespaced === true };
  }

  private resourcesOf(base: string): Promise<readonly Properties[]> {
    const known = this.resources.get(base);
    if (known !== undefined) return known;
    const found = this.call({ method: "GET", path: base }).then(({ resources }) =>
      isList(resources) ? resources.filter(isProperties) : [],
    );
    this.resources.set(base, found);
    found.catch(() => this.resources.delete(base));
    return found;
  }

  private async connect(): Promise<RequestOptions> {
    const options: RequestOptions = {};
    await this.kubeconfig.applyToHTTPSOptions(options);
    const { ca, cert, key, rejectUnauthorized, servername, headers, auth } = options;
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    const set = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
    const isPlain = serverOf(this.kubeconfig).startsWith("http:");
    return {
      ...(headers === undefined ? {} : { headers }),
      ...(auth === undefined ? {} : { auth }),
      ...(isPlain ? {} : { agent: new Agent({ keepAlive: true, maxSockets, ...set }) }),
    };
  }
}

const contentType = (method: string): string =>
  method === "PATCH" ? "application/apply-patch+yaml" : "application/json";

const send = (
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): Promise<{ status: number; answer: Properties }> =>
  new Promise((resolve, reject) => {
    const unreachable = (error: Error): void =>
      reject(new UnreachableError(`The Kubernetes cluster at ${url.host} is unreachable: ${messageOf(error)}`));
    const open = url.protocol === "http:" ? plainRequest : request;
    const outgoing = open(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", unreachable);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, answer: parsed(Buffer.concat(chunks).toString("utf8")) });
      });
    });
    outgoing.on("error", unreachable);
    outgoing.end(body);
  });

const parsed = (text: string): Properties => {
  try {
    const value = JSON.parse(text) as Value;
    return isProperties(value) ? value : { message: text };
  } catch {
    return { message: text };
  }
};
