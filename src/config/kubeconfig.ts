import { parse } from "yaml";
import { z } from "zod";

import { suggest, type Mistake } from "./mistake";

/** What of a kubeconfig matters here; all else is looked at by what uses it. */
const kubeconfigSchema = z.looseObject({
  "current-context": z.string().optional(),
  contexts: z
    .array(z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }))
    .default([]),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: z.looseObject({ server: z.string() }) })).default([]),
  users: z.array(z.looseObject({ name: z.string(), user: z.looseObject({}) })).default([]),
});

type Fields = Readonly<Record<string, unknown>>;

export type ReadKubeconfig =
  | {
      readonly ok: true;
      /** With the one context, its cluster and its user, and nothing besides: no other credentials get into the state. */
      readonly kubeconfig: string;
    }
  | { readonly ok: false; readonly mistake: Mistake };

const path = "holdfast:kubeconfig";

/**
 * Takes one context out of a kubeconfig. It has to work on any machine, since pipelines use it as people do, so it may
 * neither run a command nor point to files, and it must not be one that anybody between here and the cluster could use.
 * @param context the one to take; undefined takes the current one
 */
export function readKubeconfig(text: string, context: string | undefined): ReadKubeconfig {
  const wrong = (found: string, help: string, at = path): ReadKubeconfig => ({
    ok: false,
    mistake: { path: at, found, help },
  });
  const parsed = kubeconfigSchema.safeParse(yamlOf(text));
  if (!parsed.success) return wrong("no kubeconfig", `Wanted a kubeconfig's YAML. ${howToMake}`);
  const { contexts, clusters, users } = parsed.data;
  const wanted = context ?? parsed.data["current-context"];
  const chosen = contexts.find(({ name }) => name === wanted);
  if (chosen === undefined) {
    const names = contexts.map(({ name }) => name);
    return context === undefined
      ? wrong("no current context", `Name one in holdfast:cluster.context. ${suggest("", names)}`)
      : wrong(context, `The kubeconfig has no such context. ${suggest(context, names)}`, "holdfast:cluster.context");
  }
  const cluster = clusters.find(({ name }) => name === chosen.context.cluster);
  const user = users.find(({ name }) => name === chosen.context.user);
  if (cluster === undefined || user === undefined) {
    return wrong("a context without its cluster or user", `It is cut off. ${howToMake}`);
  }
  const fault = clusterFault(cluster.cluster) ?? userFault(user.user);
  if (fault !== undefined) return wrong(...fault);
  const one = { apiVersion: "v1", kind: "Config", "current-context": chosen.name };
  return { ok: true, kubeconfig: JSON.stringify({ ...one, contexts: [chosen], clusters: [cluster], users: [user] }) };
}

type Fault = readonly [found: string, help: string];

const howToMake =
  "kubectl config view --minify --flatten --raw prints one that stands by itself; best of a service account made for this.";

const fileKeys = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

function pointsToFiles(fields: Fields): Fault | undefined {
  const key = fileKeys.find((one) => set(fields[one]));
  return key === undefined ? undefined : [`${key}, a file`, `Another machine doesn't have it. ${howToMake}`];
}

function clusterFault(cluster: Fields): Fault | undefined {
  const server = String(cluster["server"]);
  if (!URL.canParse(server)) return ["no server's address", howToMake];
  const { protocol, hostname } = new URL(server);
  // Loopback stays on this machine: rehearsals are there.
  if (protocol !== "https:" && !(protocol === "http:" && hostname === "127.0.0.1")) {
    return [`a server by ${protocol.slice(0, 20)}`, "The credentials would travel in the clear. Wanted https."];
  }
  if (cluster["insecure-skip-tls-verify"] === true && protocol === "https:") {
    return [
      "insecure-skip-tls-verify",
      "Anyone in between could be the cluster. Give certificate-authority-data instead.",
    ];
  }
  return pointsToFiles(cluster);
}

function userFault(user: Fields): Fault | undefined {
  if (set(user["exec"]) || set(user["auth-provider"])) {
    // Not one of `kubectl create token`, which is good for an hour or so: an update on the next day would be refused.
    const help =
      "It logs in by running a command, which pipelines would need too, with its own login. Take a service account's " +
      "token that stays: of a Secret of type kubernetes.io/service-account-token. " +
      "https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets";
    return [set(user["exec"]) ? "exec" : "auth-provider", help];
  }
  const files = pointsToFiles(user);
  if (files !== undefined) return files;
  if (set(user["token"]) || (set(user["client-certificate-data"]) && set(user["client-key-data"]))) return undefined;
  // Passwords are gone since Kubernetes 1.19.
  return ["no credentials", `Wanted a token, or a client certificate with its key. ${howToMake}`];
}

const set = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** Undefined for what isn't YAML: what the parser says of it may quote a secret. */
function yamlOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
