import { RunError } from "@pulumi/pulumi";
import type { MakeCloud } from "./cloud";

export const onAws: MakeCloud = () => {
  throw new RunError("aws: not there yet");
};
