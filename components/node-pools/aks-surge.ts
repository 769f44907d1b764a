/** Nodes that an upgrade adds to a pool of general work on AKS while it lasts, in percent of the pool's. Loads no SDK. */
export const surgePercent = 33;
