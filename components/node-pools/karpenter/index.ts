export { growingPools, runsKarpenter } from "./growth";
export { karpenterHome, type KarpenterHome } from "./home";
export { Karpenter, type KarpenterArgs } from "./karpenter";
export { KarpenterPools, type KarpenterPoolsArgs } from "./karpenter-pools";
