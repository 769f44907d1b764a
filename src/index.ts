import { apps } from "./apps";
// Not by the folder's index, which reads stack files too and with them a YAML parser.
import { loadStackConfig } from "./config/program";
import { deployPlatform } from "./platform";
import { wayIn } from "./way-in";

/** The program: what `pulumi up` runs, and the rehearsal too. A function, so that one process can run it many times. */
export = async () => {
  const { kubeconfig, ...stack } = loadStackConfig();
  const existing = await wayIn(stack.config, kubeconfig);
  return deployPlatform({ ...stack, existing, apps });
};
