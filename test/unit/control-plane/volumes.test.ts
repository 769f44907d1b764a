import type { V1PersistentVolumeClaim, V1StorageClass } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { volumeFor } from "../../../src/rehearsal/control-plane/volumes";

const storageClass = (changes: Partial<V1StorageClass> = {}): V1StorageClass => ({
  metadata: { name: "fast" },
  provisioner: "ebs.csi.aws.com",
  reclaimPolicy: "Retain",
  volumeBindingMode: "WaitForFirstConsumer",
  ...changes,
});

const claim = (selectedNode?: string, phase = "Pending"): V1PersistentVolumeClaim => ({
  metadata: {
    name: "models-vllm-0",
    namespace: "services",
    uid: "4711",
    annotations: selectedNode === undefined ? {} : { "volume.kubernetes.io/selected-node": selectedNode },
  },
  spec: {
    storageClassName: "fast",
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "100Gi" } },
  },
  status: { phase },
});

describe("the volume that a cloud's driver makes for a claim", () => {
  it("is for this claim alone, and as its class says", () => {
    expect(volumeFor(claim("node-1"), [storageClass()])?.spec).toMatchObject({
      capacity: { storage: "100Gi" },
      accessModes: ["ReadWriteOnce"],
      claimRef: { namespace: "services", name: "models-vllm-0", uid: "4711" },
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: "fast",
    });
  });

  it("waits until its pod has a node, where the class says so", () => {
    expect(volumeFor(claim(), [storageClass()])).toBeUndefined();
    expect(volumeFor(claim(), [storageClass({ volumeBindingMode: "Immediate" })])).toBeDefined();
  });

  it.each([
    ["bound already", claim("node-1", "Bound"), [storageClass()]],
    ["of a class that isn't there", claim("node-1"), []],
    ["of a driver that no cloud has", claim("node-1"), [storageClass({ provisioner: "example.com/disk" })]],
  ])("is not made for a claim that is %s", (_, wanted, classes) => {
    expect(volumeFor(wanted, classes)).toBeUndefined();
  });
});
