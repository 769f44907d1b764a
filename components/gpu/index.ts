export { needsDevicePlugin } from "./clouds";
export { NvidiaDevicePlugin, type NvidiaDevicePluginArgs } from "./nvidia-device-plugin";
