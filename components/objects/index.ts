// A class of one cloud is imported by its file, so that its SDK is loaded on that cloud only.
export { keeping, type Bucket, type BucketUse, type Keeping } from "./bucket";
export { storeCredentialsPath, type ModelStore, type StoreAccess, type StoreReader } from "./model-store";
