import { z } from "zod";

import { count, quantityOf } from "./words";

const quota = z
  .strictObject({
    requestsCpu: quantityOf("50 or 500m").describe("CPU that all pods together may request."),
    requestsMemory: quantityOf("100Gi").describe("Memory that all pods together may request."),
    limitsCpu: quantityOf("100").describe("CPU limits of all pods together."),
    limitsMemory: quantityOf("200Gi").describe("Memory limits of all pods together."),
    persistentVolumeClaims: count(0, 10_000),
    services: count(0, 10_000),
    secrets: count(0, 10_000),
    configMaps: count(0, 10_000),
    pods: count(0, 10_000),
    gpus: count(0, 1_000).describe("GPUs that may be requested. Default: those of the inference pools, for services."),
  })
  .partial()
  .describe("Ceilings for everything in the namespace together. Default: scaled by the environment's tier.");

export const namespace = z.strictObject({ quota: quota.default({}) });
export type QuotaInput = z.output<typeof quota>;
