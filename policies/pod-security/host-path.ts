import { control } from "./standard";

/** `volumes[*].hostPath`: unset. */
export const forbidHostPath = control({
  name: "forbid-host-path",
  level: "baseline",
  title: "No volume mounts a path of the node",
  why: "the pod could read and change the node's files",
  severity: "critical",
  fix: "use an emptyDir, a persistentVolumeClaim or a configMap",
  judge: ({ spec }, judge) => {
    for (const volume of spec.get("volumes").items()) judge.allow(volume.get("hostPath"), () => false, "nothing");
  },
});
