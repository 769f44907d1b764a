export { VllmServer, type VllmServerArgs } from "./vllm-server";
