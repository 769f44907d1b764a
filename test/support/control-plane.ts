import { KubeConfig } from "@kubernetes/client-node";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopClusters, type ControlPlaneBinaries } from "../../src/rehearsal/control-plane";
import { silent } from "../../src/rehearsal/progress";
import { controlPlaneTools, ensureTools } from "../../src/rehearsal/tools";

export interface ControlPlaneFolder {
  readonly binaries: ControlPlaneBinaries;
  readonly path: string;
  /** Stops what runs in it first. */
  remove(): Promise<void>;
}

/** A folder for control planes, that is gone with their processes when the test is. */
export const controlPlaneFolder = async (): Promise<ControlPlaneFolder> => {
  const binaries = await ensureTools(controlPlaneTools, silent);
  const path = await mkdtemp(join(tmpdir(), "control-plane-"));
  const remove = async () => {
    await stopClusters(path);
    await rm(path, { recursive: true });
  };
  return { binaries, path, remove };
};

export const clientFor = (kubeconfig: string): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return config;
};
