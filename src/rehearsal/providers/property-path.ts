/** Where a property stands in a resource: names of properties and positions in lists, outermost first. */
export type PropertyPath = readonly (string | number)[];

const plainName = /^[A-Za-z_$][\w$-]*$/;

/** The path as the engine and its users write it: `spec.containers[0].image`, `metadata.labels["app.io/name"]`. */
export const pathText = (path: PropertyPath): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!plainName.test(step)) return `${text}["${step}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
