/**
 * What Kubernetes takes as a label's or a taint's key and value, and which keys are not a pool's to set. Pure; each answers
 * with what is wrong, or undefined.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */

/** A key's name and a label's value. */
const word = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
const maxWord = 63;

/** A DNS subdomain, as before the slash of a key. */
const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const maxDomain = 253;

/** Domains whose keys say something already, subdomains included, and who sets them. */
const reserved: Readonly<Record<string, string>> = {
  "holdfast.dev": "holdfast sets these itself",
  "kubernetes.io": "Kubernetes keeps these to itself, and kubelet may not set them",
  "k8s.io": "Kubernetes keeps these to itself, and kubelet may not set them",
  "nvidia.com": "NVIDIA's device plugin sets these",
  "amazonaws.com": "EKS sets these",
  "azure.com": "AKS sets these",
  "linode.com": "LKE sets these",
  "karpenter.sh": "Karpenter sets these",
  "k8s.aws": "EKS and Karpenter set these",
};

/** @returns why the text is no key of a label or taint that a pool may set */
export const keyFault = (key: string): string | undefined => {
  const slash = key.lastIndexOf("/");
  const [prefix, name] = [slash < 0 ? undefined : key.slice(0, slash), key.slice(slash + 1)];
  if (name.length > maxWord || !word.test(name)) {
    return `Wanted a name of at most ${maxWord} letters, digits, dashes, dots and _, from a letter or digit to one, with or without a domain and a slash before it.`;
  }
  if (prefix === undefined) return undefined;
  if (prefix.length > maxDomain || !domain.test(prefix)) {
    return `Wanted a domain before the slash, as in example.com/${name}: lower-case letters, digits, dashes and dots, at most ${maxDomain}.`;
  }
  const own = Object.keys(reserved).find((one) => prefix === one || prefix.endsWith(`.${one}`));
  return own && `${own}: ${reserved[own] ?? ""}. Take a domain of your own, as example.com/${name}.`;
};

/** @returns why the text is no value of a label or taint; the empty one is */
export const valueFault = (value: string): string | undefined =>
  value === "" || (value.length <= maxWord && word.test(value))
    ? undefined
    : `Wanted at most ${maxWord} letters, digits, dashes, dots and _, from a letter or digit to one.`;
