export { LinodeModelStore, type LinodeModelStoreArgs, type ModelStore } from "./model-store";
