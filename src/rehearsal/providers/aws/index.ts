import { tableStandIn } from "../table-package";

export const aws = tableStandIn({ name: "aws", version: "7.48.0", config: {}, types: {}, functions: {} });
