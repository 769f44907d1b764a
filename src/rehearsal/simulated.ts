import { placesAt } from "./engine/places";
import { SimulatedClusterHost } from "./providers";
import { openRehearsal } from "./rehearsal";
import { rehearseChain, type RehearseOptions, type Report } from "./rehearse-chain";
import { prepareStacks } from "./stack-files";
import { resolveTools } from "./tools";

/**
 * Rehearses a stack, and first the one that it joins, on clouds and clusters that are simulated throughout. The caller removes
 * the folder afterwards.
 */
export const rehearseSimulated = async (options: RehearseOptions): Promise<Report> => {
  const places = placesAt(options.root);
  const { chain, stackFiles, clouds } = prepareStacks({ ...options, folder: places.stackFiles });
  const { pulumi } = await resolveTools(["pulumi"], options.progress);
  const rehearsal = await openRehearsal({
    repository: options.repository,
    stackFiles,
    clouds,
    places,
    pulumi,
    realControlPlane: false,
    throwaway: true,
    progress: options.progress,
    clusterHost: (inventory) => new SimulatedClusterHost(inventory),
  });
  try {
    return await rehearseChain(rehearsal, chain, options, "simulated");
  } finally {
    await rehearsal.close();
  }
};
