export { clouds, stackClouds, type Cloud, type StackCloud } from "./cloud";
export { durableOptions } from "./durable";
export { inputError } from "./input-error";
export { bucketLabel, checkedWorkloadName, linodeNetworkLabel, lkeClusterLabel, namespaceName, poolTag } from "./names";
