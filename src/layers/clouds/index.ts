import type { Cloud } from "../../config/stack-config";
import type { MakeCloud } from "./cloud";

export type { CloudFoundation } from "./cloud";
export type { ExistingAccess } from "./existing";

/**
 * The one module that knows a cloud, loaded on the stacks that are on it: an SDK takes time and memory to load. For the
 * same reason an index in components/ that several clouds share exports no class of one: that is imported by its file.
 */
export const cloudOf = (cloud: Cloud): MakeCloud => {
  /* eslint-disable @typescript-eslint/no-require-imports -- import() is asynchronous, which a component's constructor can't be */
  switch (cloud) {
    case "linode":
      return (require("./linode") as typeof import("./linode")).onLinode;
    case "aws":
      return (require("./aws") as typeof import("./aws")).onAws;
    case "azure":
      return (require("./azure") as typeof import("./azure")).onAzure;
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
};

/** The one module that knows a cluster that is there already, loaded on the stacks that are on one. */
export const existing = (): (typeof import("./existing"))["onExisting"] =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  (require("./existing") as typeof import("./existing")).onExisting;
