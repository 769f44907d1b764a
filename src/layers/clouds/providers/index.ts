import type { Cloud } from "../../../config/stack-config";
import type { MakeProvider } from "./make-provider";

/**
 * The provider of a cloud, apart from what is made with it: a little of the SDK is enough to register it, and while the
 * engine starts the provider's plugin, the program loads the rest.
 */
export const providerOf = (cloud: Cloud): MakeProvider => {
  /* eslint-disable @typescript-eslint/no-require-imports -- a dynamic import() isn't seen by tsx where it is Node's require hook only */
  switch (cloud) {
    case "linode":
      return (require("./linode") as typeof import("./linode")).linodeProvider;
    case "aws":
      return (require("./aws") as typeof import("./aws")).awsProvider;
    case "azure":
      return (require("./azure") as typeof import("./azure")).azureProvider;
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
};
