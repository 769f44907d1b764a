export { ToolBuildError } from "./build-failure";
export { cacheDir, toolCacheDir } from "./cache";
export { controlPlaneTools, policyAnalyzerDir, type ToolName } from "./catalogue";
export { ensureTools, resolveTools, type ResolvedTool } from "./ensure-tools";
