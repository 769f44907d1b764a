import type { ClusterFacts, DaemonSetFacts, Looked } from "./facts";
import { k3sEnforces } from "./k3s";

/** Something that makes network policies hold. */
interface Enforcer {
  readonly name: string;
  /** The image that does it, wherever it is mirrored. */
  readonly image?: RegExp;
  /** The DaemonSet's name, where a product's image says less. */
  readonly daemonSet?: string;
  /** An argument without which it only looks on. */
  readonly argument?: string;
}

/**
 * Network plugins that enforce Kubernetes' NetworkPolicy, by what of them runs on each node. Flannel, kubenet and the AWS
 * and Azure plugins by themselves take policies without a word, and let everything through.
 * - Amazon VPC CNI: its policy agent runs on each node either way, and enforces where the argument is set.
 *   https://docs.aws.amazon.com/eks/latest/userguide/network-policy-disable.html
 * - GKE Dataplane V2: https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2
 * - RKE2's Canal: Calico beside Flannel, under an image's name of its own.
 *   https://docs.rke2.io/networking/basic_network_options
 * - The others as the projects publish their images.
 */
const enforcers: readonly Enforcer[] = [
  { name: "Calico", image: /(calico[-/]node|hardened-calico)\b/ },
  { name: "GKE Dataplane V2", daemonSet: "anetd" },
  { name: "Cilium", image: /cilium[-/]cilium\b/ },
  { name: "Antrea", image: /antrea[-/]antrea-(agent|ubuntu|ubi)\b/ },
  { name: "kube-router", image: /\bkube-router\b/ },
  { name: "Weave Net", image: /\bweave-npc\b/ },
  { name: "Azure Network Policy Manager", image: /\bazure-npm\b/ },
  { name: "Amazon VPC CNI", image: /\baws-network-policy-agent\b/, argument: "--enable-network-policy=true" },
  { name: "OVN-Kubernetes", daemonSet: "ovnkube-node" },
];

const k3s = "K3s";

export const knownEnforcers = [...enforcers.map(({ name }) => name), k3s];

/** What makes network policies hold, as far as looking shows it. */
export interface Enforcement {
  readonly by: string;
  /** False where it usually does, and can be switched off without a trace. */
  readonly certain: boolean;
}

/**
 * What enforces network policies in a cluster; undefined where nothing is known to. K3s has its own in the server, which no
 * DaemonSet shows.
 */
export const enforcerIn = ({
  daemonSets,
  nodes,
  version,
}: Pick<ClusterFacts, "daemonSets" | "nodes" | "version">): Enforcement | undefined => {
  const found = enforcers.find((enforcer) => seen(daemonSets).some((one) => runs(one, enforcer)));
  if (found !== undefined) return { by: found.name, certain: true };
  if (!version.includes("+k3s")) return undefined;
  const enforces = k3sEnforces(seen(nodes));
  return enforces === "no" ? undefined : { by: k3s, certain: enforces === "yes" };
};

const seen = <T>(looked: Looked<readonly T[]>): readonly T[] => (looked === "not permitted" ? [] : looked);

const runs = ({ name, containers }: DaemonSetFacts, { daemonSet, image, argument }: Enforcer): boolean =>
  daemonSet === name ||
  containers.some((one) => image?.test(one.image) === true && (argument === undefined || one.args.includes(argument)));
