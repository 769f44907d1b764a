import type { Cloud } from "../../config/stack-config";
import type { MakeCloud } from "./cloud";

export type { CloudFoundation } from "./cloud";

/** The one module that knows a cloud, loaded on the stacks that are on it: an SDK takes time and memory to load. */
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
