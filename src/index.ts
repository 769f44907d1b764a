import { setTimeout } from "node:timers/promises";
import { apps } from "./apps";
// Not by the folder's index, which reads stack files too and with them a YAML parser.
import { loadStackConfig } from "./config/program";
import { providerOf } from "./layers/clouds/providers";
import { leaveStackTracesToNode } from "./stack-traces";
import { wayIn } from "./way-in";

/** Milliseconds in which a registration is on its way to the engine, which is on the same machine. */
const underWay = 10;

/** The program: what `pulumi up` runs, and the rehearsal too. A function, so that one process can run it many times. */
export = async () => {
  leaveStackTracesToNode();
  const { kubeconfig, cloudToken, ...stack } = loadStackConfig();
  const { config } = stack;
  const existing = await wayIn(config, kubeconfig);
  const provider = config.cloud === "existing" ? undefined : providerOf(config.cloud)(config, cloudToken);
  // The engine starts the provider's plugin while the rest of the program is loaded, which keeps Node busy.
  await setTimeout(underWay);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not at the top, where it would be loaded first
  const { deployPlatform } = require("./platform") as typeof import("./platform");
  return deployPlatform({ ...stack, provider, existing, apps });
};
