import type { ManyServices } from "./services";

/** All objects of these services, as YAML documents. */
export type WriteManifests = (services: ManyServices) => string | Promise<string>;
