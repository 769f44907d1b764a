import { runtime } from "@pulumi/pulumi";
import { stringify } from "yaml";
import { deployPlatform } from "../../src/platform";
import type { WriteManifests } from "./written";

/**
 * The platform built without an engine: the SDK resolves every output and serializes every resource, and a mock answers each
 * at once. Written are the services' own objects; what else the platform makes is built too, and left out.
 */
export const write: WriteManifests = async ({ config, apps }) => {
  const objects: unknown[] = [];
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ name, type, inputs }) => {
        const state = inputs as Readonly<Record<string, unknown>>;
        if (type.startsWith("kubernetes:") && Object.hasOwn(apps, name)) objects.push(state);
        return { id: `${name}-id`, state: { ...state, ...computed[type] } };
      },
    },
    "holdfast",
    config.environment,
  );
  deployPlatform({ config, apps, secrets: {} });
  await runtime.disconnect();
  return objects.map((object) => stringify(object)).join("---\n");
};

/** Outputs that others are made from. */
const computed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "linode:index/lkeCluster:LkeCluster": { kubeconfig: "" },
  "random:index/randomPassword:RandomPassword": { result: "x".repeat(64) },
};
