import { forbidAddedCapabilities } from "./added-capabilities";
import { restrictAppArmor } from "./apparmor";
import { requireDropAllCapabilities } from "./drop-capabilities";
import { forbidHostNamespaces } from "./host-namespaces";
import { forbidHostPath } from "./host-path";
import { forbidHostPorts } from "./host-ports";
import { forbidPrivileged } from "./privileged";
import { forbidPrivilegeEscalation } from "./privilege-escalation";
import { forbidProbeHosts } from "./probe-hosts";
import { forbidUnmaskedProc, forbidUnmaskedProcInUserNamespace } from "./proc-mount";
import { requireRunAsNonRoot } from "./run-as-nonroot";
import { forbidRunAsRootUser } from "./run-as-user";
import { requireSeccomp, restrictSeccomp } from "./seccomp";
import { restrictSelinux } from "./selinux";
import type { Control } from "./standard";
import { restrictSysctls } from "./sysctls";
import { restrictVolumeTypes } from "./volume-types";
import { forbidWindowsHostProcess } from "./windows-host-process";

export type { Control, Level } from "./standard";

/** Every control of the Pod Security Standards, the baseline's first. */
export const podSecurity: readonly Control[] = [
  forbidPrivileged,
  forbidHostNamespaces,
  forbidHostPath,
  forbidHostPorts,
  forbidProbeHosts,
  forbidAddedCapabilities,
  restrictAppArmor,
  restrictSelinux,
  restrictSeccomp,
  restrictSysctls,
  forbidUnmaskedProc,
  forbidWindowsHostProcess,
  requireRunAsNonRoot,
  forbidRunAsRootUser,
  forbidPrivilegeEscalation,
  requireDropAllCapabilities,
  requireSeccomp,
  restrictVolumeTypes,
  forbidUnmaskedProcInUserNamespace,
];
