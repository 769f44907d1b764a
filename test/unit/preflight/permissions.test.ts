import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { apps } from "../../../src/apps";
import { deployPlatform } from "../../../src/platform";
import { byResource, neededPermissions } from "../../../src/preflight/permissions";
import { record } from "../components/recorder";
import { shippedOnExisting } from "../components/samples";

/** What the Kubernetes provider needs to make an object, to see it through, and to take it away. */
const verbs = ["get", "list", "watch", "create", "patch", "delete"];

/** `kubernetes:networking.k8s.io/v1:NetworkPolicy` as `networkpolicies.networking.k8s.io`. */
const resourceOf = (type: string): string => {
  const [, groupVersion = "", kind = ""] = type.split(":");
  const [group = ""] = groupVersion.split("/");
  const plural = `${kind.toLowerCase()}s`.replace(/ys$/, "ies");
  return group === "core" ? plural : `${plural}.${group}`;
};

const madeOnExisting = async (stack: string): Promise<readonly string[]> => {
  const key = pulumi.secret("plain-key");
  const { resources } = await record(() =>
    deployPlatform({
      config: shippedOnExisting(stack),
      secrets: {
        web: { "oidc-client": pulumi.secret("plain-oidc") },
        "model-store": { "access-key-id": key, "secret-access-key": key },
      },
      existing: { clusterId: "7", kubeconfig: pulumi.secret("plain-kubeconfig") },
      apps,
    }),
  );
  return resources.map(({ type }) => type).filter((type) => /^kubernetes:(?!helm\.)[^:]+\/[^:]+:/.test(type));
};

it("are asked for everything that a stack puts into a cluster that is there already, and to make nothing else", async () => {
  const stacks = ["development", "staging", "production"];
  const types: string[] = [];
  for (const stack of stacks) types.push(...(await madeOnExisting(stack)));
  const asked = byResource(neededPermissions).filter(([, of]) => of.includes("create"));
  expect(asked.map(([resource]) => resource).sort()).toEqual([...new Set(types.map(resourceOf))].sort());
  for (const [resource, of] of asked) expect(of, resource).toEqual(expect.arrayContaining(verbs));
});
