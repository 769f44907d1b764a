// A class of one cloud is imported by its file, so that its SDK is loaded on that cloud only.
export { keepDays, storeCredentialsPath, type ModelStore, type StoreAccess, type StoreReader } from "./model-store";
