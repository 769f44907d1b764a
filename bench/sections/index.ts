import type { Section } from "../bench";
import { bareEngine } from "./bare-engine";
import { cloudPreviews } from "./cloud-previews";
import { growth } from "./growth";
import { peer } from "./peer";
import { policyPack } from "./policy-pack";
import { startUp } from "./start-up";

/** In the order in which they are measured and printed. */
export const sections: readonly Section[] = [startUp, cloudPreviews, growth, bareEngine, policyPack, peer];
