export { keeping, type Bucket, type BucketUse, type Keeping } from "./bucket";
export { storeCredentialsPath, type ModelStore, type StoreAccess, type StoreReader } from "./model-store";
