import { containerSecurityContexts, control } from "./standard";

/** What container runtimes grant by default, without NET_RAW. */
const defaultCapabilities: ReadonlySet<unknown> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** `capabilities.add` of every container: nothing beyond the default set. */
export const forbidAddedCapabilities = control({
  name: "forbid-added-capabilities",
  level: "baseline",
  title: "No container adds capabilities beyond the default set",
  why: "the container could do to the node what only root may",
  severity: "critical",
  fix: 'securityContext: { capabilities: { drop: ["ALL"] } }, and nothing added',
  judge: (pod, judge) => {
    for (const context of containerSecurityContexts(pod)) {
      for (const added of context.get("capabilities", "add").items()) {
        judge.allow(added, isDefaultCapability, "none, or one of the default set");
      }
    }
  },
});

export const isDefaultCapability = (capability: unknown): boolean => defaultCapabilities.has(capability);
