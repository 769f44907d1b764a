import { dirname } from "node:path";

/** The checkout that this command belongs to, wherever it is called from. */
export const repository = dirname(dirname(__dirname));
