const units: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A number with one of Kubernetes' units; exponents and signs, which quantities may have too, are not for people. */
export const quantityPattern = /^(\d{1,12}(?:\.\d{1,3})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;

/**
 * The amount that a Kubernetes quantity stands for, in cores or bytes; undefined where it is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string): number | undefined {
  const match = quantityPattern.exec(text);
  return match === null ? undefined : Number(match[1]) * (units[match[2] ?? ""] ?? NaN);
}
