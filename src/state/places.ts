import { homedir } from "node:os";
import { join } from "node:path";
import type { StateHomeRequest } from "./request";

/** Where the command keeps what it knows of a state home, unless it is a rehearsal. Only its owner can read it. */
export const stateHomeFolder = ({ cloud, name }: StateHomeRequest): string =>
  join(homedir(), ".holdfast", "state-home", stackName({ cloud, name }));

/** The state home's own stack. */
export const stackName = ({ cloud, name }: Pick<StateHomeRequest, "cloud" | "name">): string => `${cloud}-${name}`;
