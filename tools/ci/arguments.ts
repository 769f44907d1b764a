/**
 * The value of an option that has no default.
 *
 * @throws when it was not given, or given as nothing, as an unset variable of a workflow is
 */
export const required = <Name extends string>(values: { readonly [name in Name]?: string }, name: Name): string => {
  const value = values[name];
  if (value === undefined || value === "") throw new Error(`--${name} is missing: found nothing, wanted a value.`);
  return value;
};
