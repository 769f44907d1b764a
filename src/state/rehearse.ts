import { join } from "node:path";
import { cloudPackages } from "../rehearsal/cloud-packages";
import { Inventory } from "../rehearsal/inventory";
import { SimulatedClusterHost, startProviders } from "../rehearsal/providers";
import type { Report } from "../rehearsal/rehearse-chain";
import { stateHomeFolder } from "./places";
import { makeStateHome, type StateHomeOptions } from "./state-home";

/**
 * Makes a state home on stand-in clouds, and then once more, which must find nothing to change. The caller removes the
 * folder afterwards.
 */
export const rehearseStateHome = async (
  options: Omit<StateHomeOptions, "agree" | "environment" | "folder">,
): Promise<Report> => {
  const inventory = Inventory.open(join(options.root, "inventory"));
  try {
    const providers = await startProviders({
      inventory,
      clusterHost: new SimulatedClusterHost(inventory),
      only: [cloudPackages[options.request.cloud]],
    });
    try {
      const environment = {
        ...providers.env,
        // What it encrypts is gone with the folder.
        PULUMI_CONFIG_PASSPHRASE: "rehearsal",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      };
      const play = (agree: StateHomeOptions["agree"]) =>
        makeStateHome({ ...options, environment, agree, folder: stateHomeFolder(options.request) });
      const first = await play(async () => Promise.resolve(true));
      if (!first.ok) return first;
      const unsettled: string[] = [];
      const second = await play(async (changes) => Promise.resolve(unsettled.push(...changes) > 0));
      if (!second.ok) return second;
      const settled = unsettled.length === 0;
      const verdict = settled
        ? "A second run found nothing to change."
        : ["A second run found something to change:", ...unsettled].join("\n  ");
      return { text: `Rehearsed on a stand-in cloud: nothing was made.\n\n${first.text}\n\n${verdict}`, ok: settled };
    } finally {
      await providers.stop();
    }
  } finally {
    inventory.close();
  }
};
