import { apps } from "./apps";
import { loadStackConfig } from "./config";
import { deployPlatform } from "./platform";

/** The program: what `pulumi up` runs, and the rehearsal too. A function, so that one process can run it many times. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => deployPlatform({ ...loadStackConfig(), apps });
