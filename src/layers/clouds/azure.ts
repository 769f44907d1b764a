import { RunError } from "@pulumi/pulumi";
import type { MakeCloud } from "./cloud";

export const onAzure: MakeCloud = () => {
  throw new RunError("azure: not there yet");
};
