export { LinodeModelStore, type LinodeModelStoreArgs } from "./linode-model-store";
export { keepDays, storeCredentialsPath, type ModelStore, type StoreAccess, type StoreReader } from "./model-store";
