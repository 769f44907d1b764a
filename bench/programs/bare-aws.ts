import * as eks from "@pulumi/aws/eks";
import { Provider } from "@pulumi/aws/provider";

/** The least that a program for EKS does. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => {
  const provider = new Provider("aws", { region: "eu-west-3" });
  const vpcConfig = { subnetIds: ["subnet-1", "subnet-2"] };
  new eks.Cluster("cluster", { roleArn: "arn:aws:iam::1:role/cluster", vpcConfig }, { provider });
};
