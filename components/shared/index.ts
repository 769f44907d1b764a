export { clouds, type Cloud } from "./cloud";
export { durableOptions } from "./durable";
export { inputError } from "./input-error";
export { bucketLabel, checkedWorkloadName, lkeClusterLabel, namespaceName, poolTag } from "./names";
