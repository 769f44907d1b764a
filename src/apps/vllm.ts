import type { AppSpec } from "./app-spec";

/**
 * vLLM's OpenAI-compatible server. `$(MODEL)` and its like are Kubernetes' own references to the settings below, so that
 * a stack file changes the model by one setting.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */
export const vllm: AppSpec = {
  name: "vllm",
  summary: "Large language models behind an OpenAI-compatible API, on GPUs",
  tier: "services",
  kind: "inference",
  port: 8000,
  metrics: { port: 8000, path: "/metrics" },
  probes: {
    // Half an hour: reading a large model from the cache, and compiling its graphs, takes minutes.
    startup: { path: "/health", periodSeconds: 10, failureThreshold: 180 },
    readiness: { path: "/health", periodSeconds: 5, failureThreshold: 3 },
    liveness: { path: "/health", periodSeconds: 15, failureThreshold: 4 },
  },
  calls: [],
  resources: {
    requests: { cpu: "4", memory: "24Gi", ephemeralStorage: "4Gi" },
    limits: { cpu: "8", memory: "32Gi", ephemeralStorage: "16Gi" },
    gpus: 1,
  },
  // The home: compiled graphs and kernels.
  writable: { "/tmp": "2Gi", "/home/vllm": "8Gi" },
  settings: { MODEL: "qwen3-8b", MAX_MODEL_LEN: "16384", GPU_MEMORY_UTILIZATION: "0.90", VLLM_LOGGING_LEVEL: "INFO" },
  generatedSecrets: {},
  // Streams in progress are finished.
  terminationGracePeriodSeconds: 180,
  defaultImage: "vllm/vllm-openai:v0.11.0",
  args: [
    "/models/$(MODEL)",
    "--served-model-name=$(MODEL)",
    "--port=8000",
    "--max-model-len=$(MAX_MODEL_LEN)",
    "--gpu-memory-utilization=$(GPU_MEMORY_UTILIZATION)",
  ],
  inference: { modelCache: "60Gi", sharedMemory: "8Gi" },
};
