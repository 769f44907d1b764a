import * as containerservice from "@pulumi/azure-native/containerservice";
import { Provider } from "@pulumi/azure-native/provider";

/** The least that a program for AKS does. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => {
  const provider = new Provider("azure", { location: "francecentral" });
  new containerservice.ManagedCluster("cluster", { resourceGroupName: "bench" }, { provider });
};
