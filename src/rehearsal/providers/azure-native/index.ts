import { tableStandIn } from "../table-package";

export const azureNative = tableStandIn({
  name: "azure-native",
  version: "3.28.0",
  config: {},
  types: {},
  functions: {},
});
