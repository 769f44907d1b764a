import { z } from "zod";

import { apps } from "../../apps";
import { modelStoreSecrets } from "../model-store-secrets";
import { namespaceTiers } from "../stack-config";
import { appSection } from "./apps";
import { joinedCluster, ownCluster } from "./cluster";
import { domains } from "./domains";
import { existingCluster, modelStore } from "./existing";
import { namespace } from "./namespaces";
import { network } from "./network";
import { nodePool, nodePoolName } from "./node-pools";
import { cloud, region, tier } from "./placement";
import { replicaRegion } from "./replica-region";
import { appSecrets, kubeconfig } from "./secrets";

/** A key for each name, none of them needed. */
function each<T extends z.ZodType>(names: readonly string[], schemaOf: (name: string) => T) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, schemaOf(name).optional()])));
}

/**
 * Our keys of a stack file, in one schema: what editors are given. The checks themselves go section by section, so that a
 * mistake in one hides none in another, and compare the sections with each other, which a schema cannot.
 */
export const ownSettings = z.strictObject({
  "holdfast:cloud": cloud,
  "holdfast:region": region.optional(),
  "holdfast:tier": tier.optional(),
  "holdfast:replicaRegion": replicaRegion.optional(),
  "holdfast:network": network.optional(),
  "holdfast:cluster": z.union([ownCluster, joinedCluster, existingCluster]),
  "holdfast:nodePools": z
    .record(nodePoolName, nodePool)
    .optional()
    .describe("Groups of equal nodes, by name; at least one of purpose general."),
  "holdfast:namespaces": each(namespaceTiers, () => namespace)
    .optional()
    .describe("Quotas that differ from the defaults, by tier."),
  "holdfast:domains": domains,
  "holdfast:apps": z
    .strictObject(Object.fromEntries(Object.values(apps).map((spec) => [spec.name, appSection(spec).optional()])))
    .optional()
    .describe("The services of this environment, by name. One that is not listed is off."),
  "holdfast:secrets": each([...Object.keys(apps), modelStoreSecrets.of], () => appSecrets)
    .optional()
    .describe("Secret files of the services, by service and file name; each value encrypted by Pulumi."),
  "holdfast:kubeconfig": kubeconfig.optional(),
  "holdfast:modelStore": modelStore.optional(),
});
