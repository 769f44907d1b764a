export { allowApiServer } from "./network-guards";
export { defaultQuota, operatorQuota, type QuotaArgs } from "./quota";
export { TenantNamespace, type TenantNamespaceArgs } from "./tenant-namespace";
