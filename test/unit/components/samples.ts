import * as pulumi from "@pulumi/pulumi";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { VllmServerArgs } from "../../../components/inference";
import type { Cloud, StackCloud } from "../../../components/shared";
import type { WorkloadArgs } from "../../../components/workload";
import { parseStackFile, type CloudStackConfig, type ExistingStackConfig, type StackConfig } from "../../../src/config";
import { stackFileOnOtherCloud } from "../../../src/config/other-cloud";
import { repository, scratch } from "../../support/rehearsal";

export { repository };

export const digest = `registry.example/app@sha256:${"a".repeat(64)}`;

const probe = { path: "/healthz", periodSeconds: 2, failureThreshold: 30 };

/** A workload with everything that one may have. */
export const workload = (changes: Partial<WorkloadArgs> = {}): WorkloadArgs => ({
  name: "shop",
  environment: "test",
  namespace: "test-services",
  image: digest,
  port: 8080,
  metrics: { port: 9090, path: "/metrics" },
  probes: { startup: probe, readiness: probe, liveness: probe },
  resources: {
    requests: { cpu: "100m", memory: "128Mi", ephemeralStorage: "64Mi" },
    limits: { cpu: "1", memory: "256Mi", ephemeralStorage: "1Gi" },
    gpus: 0,
  },
  writable: { "/tmp": "64Mi" },
  settings: { LOG_LEVEL: "info" },
  secrets: { "api-key": pulumi.secret("plain-api-key") },
  checksumKey: pulumi.secret("plain-checksum-key"),
  ...changes,
});

export const vllm = (changes: Partial<VllmServerArgs> = {}): VllmServerArgs => ({
  ...workload({ name: "vllm" }),
  settings: { MODEL: "qwen3-8b" },
  resources: { ...workload().resources, gpus: 1 },
  replicas: 2,
  storageClass: "holdfast-standard",
  modelStore: {
    remote: pulumi.output(":s3:bucket"),
    flags: ["--s3-endpoint=s3.example.com"],
    access: { kind: "credentials-file", file: pulumi.secret("plain-credentials") },
  },
  ...changes,
});

/** A shipped stack file, resolved; on another cloud with that cloud's default sizes. */
export const shipped = (stack: string, cloud: Cloud = "linode"): CloudStackConfig => {
  const config = shippedOn(stack, cloud);
  if (config.cloud === "existing") throw new Error(`${stack} is on no cloud`);
  return config;
};

/** The same on a cluster that is there already. */
export const shippedOnExisting = (stack: string): ExistingStackConfig => {
  const config = shippedOn(stack, "existing");
  if (config.cloud !== "existing") throw new Error(`${stack} is on ${config.cloud}`);
  return config;
};

const shippedOn = (stack: string, cloud: StackCloud): StackConfig => {
  const name = `Pulumi.${stack}.yaml`;
  const folder = scratch();
  try {
    const path = join(folder.path, name);
    writeFileSync(path, stackFileOnOtherCloud(readFileSync(join(repository, name), "utf8"), cloud));
    const file = parseStackFile(path);
    if (!file.ok) throw new Error(file.report);
    return file.config;
  } finally {
    folder.remove();
  }
};
