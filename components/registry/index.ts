// A class of one cloud is imported by its file, so that its SDK is loaded on that cloud only.
export { untaggedDays, type Registry } from "./registry";
