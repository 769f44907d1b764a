import { dirname } from "node:path";

/** The checkout that is measured. */
export const repository = dirname(__dirname);
