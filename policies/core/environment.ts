/** What rules may differ by. */
export const environments = ["development", "staging", "production"] as const;
export type Environment = (typeof environments)[number];

const isEnvironment = (name: string | undefined): name is Environment =>
  environments.some((environment) => environment === name);

/**
 * The environment that a resource belongs to: its stack, the first part of its URN, by name. A stack called otherwise is
 * held to the strictest, production.
 *
 * @param judgedAs the pack's configuration may name another environment to judge by
 */
export const environmentOf = (urn: string, judgedAs?: unknown): Environment => {
  const name = typeof judgedAs === "string" ? judgedAs : urn.split(":")[2];
  return isEnvironment(name) ? name : "production";
};
