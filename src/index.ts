import { apps } from "./apps";
// Not by the folder's index, which reads stack files too and with them a YAML parser.
import { loadStackConfig } from "./config/program";
import { deployPlatform } from "./platform";

/** The program: what `pulumi up` runs, and the rehearsal too. A function, so that one process can run it many times. */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program that is a function
export = async () => deployPlatform({ ...loadStackConfig(), apps });
