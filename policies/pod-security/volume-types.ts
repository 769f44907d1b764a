import { control } from "./standard";

const allowedSources: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

/** A volume's source: one that the cluster manages. A volume with none is an emptyDir, as the API server fills in. */
export const restrictVolumeTypes = control({
  name: "restrict-volume-types",
  level: "restricted",
  title: "Volumes come from the cluster, not from the node or a disk named by hand",
  why: "this type of volume passes by the cluster's own controls",
  severity: "high",
  fix: `use ${[...allowedSources].join(", ")}`,
  judge: ({ spec }, judge) => {
    for (const volume of spec.get("volumes").items()) {
      if (volume.isUnknown) judge.undecided(volume);
      for (const [source, field] of volume.entries()) {
        // A path of the node the baseline reports.
        if (source === "name" || source === "hostPath" || allowedSources.has(source)) continue;
        judge.allow(field, () => false, "a volume type that the cluster manages");
      }
    }
  },
});
