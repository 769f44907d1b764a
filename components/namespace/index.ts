export { apiServerAccess } from "./api-server-access";
export { defaultQuota, operatorQuota, type QuotaArgs } from "./quota";
export { TenantNamespace, type TenantNamespaceArgs } from "./tenant-namespace";
