export { growingPools, karpenterHome, type KarpenterHome } from "./growth";
export { Karpenter, type KarpenterArgs } from "./karpenter";
export { KarpenterPools, type KarpenterPoolsArgs } from "./karpenter-pools";
