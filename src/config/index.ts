export type * from "./stack-config";
export { clouds, environmentTiers, namespaceTiers } from "./stack-config";
export type { Mistake } from "./mistake";
export { parseStackFile, type StackFile, type StackFileOptions } from "./stack-file";
export { loadStackConfig, type StackSecrets } from "./program";
export { onOtherCloud, stackFileOnOtherCloud } from "./other-cloud";
export { mistakesBetween, stacksIn } from "./stack-folder";
