import type { Stack } from "@pulumi/pulumi/automation";
import { deploymentOf } from "../../src/rehearsal/engine/recover";

/** What these stacks' states say exists in a cloud. */
export const knownResources = async (
  stacks: readonly Stack[],
): Promise<readonly { readonly type: string; readonly id: string }[]> => {
  const deployments = await Promise.all(stacks.map(deploymentOf));
  return deployments.flatMap(({ resources = [] }) =>
    resources.flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }])),
  );
};
