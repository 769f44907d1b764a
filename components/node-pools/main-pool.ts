/**
 * The pool that the cluster's own pods run in: `baseline`, or else the first general one by name. Never by its place in the
 * file, so that moving lines there doesn't swap pools.
 * @returns undefined where no pool is general
 */
export const mainPool = <T extends { readonly purpose?: "general" | "inference" }>(
  pools: Readonly<Record<string, T>>,
): readonly [name: string, pool: T] | undefined => {
  const general = Object.entries(pools).filter(([, pool]) => pool.purpose !== "inference");
  return general.find(([name]) => name === "baseline") ?? general.toSorted(([a], [b]) => (a < b ? -1 : 1)).at(0);
};
