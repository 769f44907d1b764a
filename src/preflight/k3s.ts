import { z } from "zod";
import type { NodeFacts } from "./facts";

/**
 * Where K3s writes on each node what it was started with, in JSON: flags and file together, secrets left out, and
 * `--flag=value` as two.
 * @see https://github.com/k3s-io/k3s/blob/main/pkg/nodeconfig/nodeconfig.go
 */
export const k3sAnnotation = "k3s.io/node-args";

const argumentList = z.array(z.string());

/** The arguments that an annotation holds; undefined where there is none, or one that can't be read. */
export const k3sArguments = (annotation: string | undefined): readonly string[] | undefined => {
  try {
    return argumentList.safeParse(JSON.parse(annotation ?? "")).data;
  } catch {
    return undefined;
  }
};

/**
 * Whether K3s enforces network policies: its own controller does, in every server and agent, unless the servers are told
 * not to. `unknown` where no server shows what it was started with, for example where servers aren't nodes.
 * @see https://docs.k3s.io/networking/networking-services#network-policy-controller
 */
export const k3sEnforces = (nodes: readonly Pick<NodeFacts, "k3sArguments">[]): "yes" | "no" | "unknown" => {
  const servers = nodes.flatMap(({ k3sArguments: args }) => (args?.[0] === "server" ? [args] : []));
  if (servers.length === 0) return "unknown";
  return servers.some(isSwitchedOff) ? "no" : "yes";
};

const isSwitchedOff = (args: readonly string[]): boolean =>
  args.some((argument, i) => {
    const [flag, value = args[i + 1]] = argument.split("=", 2);
    return flag === "--disable-network-policy" && value !== "false";
  });
