import type { Cloud } from "../../components/shared/cloud";
import type { PackageName } from "./providers";

/** The package that a cloud's resources come from. */
export const cloudPackages = { linode: "linode", aws: "aws", azure: "azure-native" } as const satisfies Record<
  Cloud,
  PackageName
>;
