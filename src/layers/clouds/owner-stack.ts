import * as pulumi from "@pulumi/pulumi";
import type { JoinedClusterConfig } from "../../config/stack-config";

/** Full name of the stack whose cluster is joined: of the same organization and project as this one. */
export const ownerStack = ({ stack }: JoinedClusterConfig): string =>
  `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
