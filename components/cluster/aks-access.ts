import { getClientTokenOutput } from "@pulumi/azure-native/authorization/getClientToken";
import * as pulumi from "@pulumi/pulumi";
import { aksServerApplication, tokenKubeconfig, type AksEndpoint } from "./aks-kubeconfig";

/**
 * A kubeconfig for this run of the program, made out to whoever the Azure provider is: no Azure CLI and no kubelogin are
 * needed where it runs. The token lives over an hour and each run takes a new one, which the Kubernetes provider shows as
 * an update. `pulumi destroy` doesn't run the program, and finds the last run's token: use `--run-program`.
 */
export const aksAccess = (
  clusterName: pulumi.Input<string>,
  endpoint: pulumi.Input<AksEndpoint>,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> => {
  const { token } = pulumi.output(getClientTokenOutput({ endpoint: aksServerApplication }, options));
  return pulumi.secret(
    pulumi
      .all([clusterName, endpoint, pulumi.secret(token)])
      .apply(([name, reached, secret]) => tokenKubeconfig(name, reached, secret)),
  );
};
