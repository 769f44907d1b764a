export { untaggedDays, type Registry } from "./registry";
