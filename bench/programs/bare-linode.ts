import * as linode from "@pulumi/linode";

/** The least that a program for LKE does. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => {
  const provider = new linode.Provider("linode");
  const pools = [{ type: "g6-standard-8", count: 3 }];
  new linode.LkeCluster("cluster", { label: "bench", region: "fr-par", k8sVersion: "1.35", pools }, { provider });
};
