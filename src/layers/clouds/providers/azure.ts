import { Provider } from "@pulumi/azure-native/provider";
import type { MakeProvider } from "./make-provider";

/** Finds subscription and credentials by itself, in ARM_* variables or a workload's identity. */
export const azureProvider: MakeProvider = ({ region }) => new Provider("azure", { location: region });
