export { allowApiServer } from "./network-guards";
export { defaultQuota, type QuotaArgs } from "./quota";
export { TenantNamespace, type TenantNamespaceArgs } from "./tenant-namespace";
