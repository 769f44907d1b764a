import type { DaemonSetFacts } from "./facts";

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
 * - The others as the projects publish their images.
 */
const enforcers: readonly Enforcer[] = [
  { name: "Calico", image: /calico[-/]node\b/ },
  { name: "GKE Dataplane V2", daemonSet: "anetd" },
  { name: "Cilium", image: /cilium[-/]cilium\b/ },
  { name: "Antrea", image: /antrea[-/]antrea-(agent|ubuntu|ubi)\b/ },
  { name: "kube-router", image: /\bkube-router\b/ },
  { name: "Weave Net", image: /\bweave-npc\b/ },
  { name: "Azure Network Policy Manager", image: /\bazure-npm\b/ },
  { name: "Amazon VPC CNI", image: /\baws-network-policy-agent\b/, argument: "--enable-network-policy=true" },
  { name: "OVN-Kubernetes", daemonSet: "ovnkube-node" },
];

export const knownEnforcers = [...enforcers.map(({ name }) => name), "K3s"];

/**
 * What enforces network policies in a cluster; undefined where nothing is known to.
 * @param version K3s has its own in the server, and shows it by nothing else. https://docs.k3s.io/networking/networking-services
 */
export const enforcerIn = (daemonSets: readonly DaemonSetFacts[], version: string): string | undefined => {
  const found = enforcers.find((enforcer) => daemonSets.some((one) => runs(one, enforcer)));
  return found?.name ?? (/\+k3s/.test(version) ? "K3s" : undefined);
};

const runs = ({ name, containers }: DaemonSetFacts, { daemonSet, image, argument }: Enforcer): boolean =>
  daemonSet === name ||
  containers.some((one) => image?.test(one.image) === true && (argument === undefined || one.args.includes(argument)));
