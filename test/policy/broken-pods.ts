import type { GeneratedPod } from "./pods";

/** A pod that breaks one control and no other, and what the pack says of it. */
export interface BrokenPod {
  readonly rule: string;
  readonly level: "baseline" | "restricted";
  readonly pod: GeneratedPod;
  readonly path: string;
  readonly found: string;
  /** The same pod with the decisive value known only after the update, and where that stands. */
  readonly unknown: { readonly pod: GeneratedPod; readonly path: string };
}

type Fields = Readonly<Record<string, unknown>>;

/** As the engine sends a string that is known only after the update. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const goodContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/** A pod with nothing to find fault with, but for what is given. */
export const podWith = ({
  context = {},
  container = {},
  spec = {},
  annotations = {},
}: {
  readonly context?: Fields;
  readonly container?: Fields;
  readonly spec?: Fields;
  readonly annotations?: Readonly<Record<string, string>>;
}): GeneratedPod => ({
  annotations,
  spec: {
    containers: [
      {
        name: "main",
        image: "registry.example/image:1",
        securityContext: { ...goodContext, ...context },
        ...container,
      },
    ],
    ...spec,
  },
});

type Way = (value: unknown) => Parameters<typeof podWith>[0];

const broken = (
  level: BrokenPod["level"],
  rule: string,
  path: string,
  [way, value, found]: readonly [way: Way, value: unknown, found: string],
  unknownPath = path,
): BrokenPod => ({
  level,
  rule,
  path,
  found,
  pod: podWith(way(value)),
  unknown: { pod: podWith(way(unknownValue)), path: unknownPath },
});

const inContext =
  (key: string): Way =>
  (value) => ({ context: { [key]: value } });
const inSpec =
  (key: string): Way =>
  (value) => ({ spec: { [key]: value } });

const context = "spec.containers[main].securityContext";

/** One for every control of the Pod Security Standards. */
export const brokenPods: readonly BrokenPod[] = [
  broken("baseline", "forbid-privileged", `${context}.privileged`, [
    // The API server takes no privileged container that may not escalate, so this one breaks two of the restricted level.
    (value) => ({ context: { privileged: value, allowPrivilegeEscalation: undefined } }),
    true,
    "true",
  ]),
  broken("baseline", "forbid-host-namespaces", "spec.hostPID", [inSpec("hostPID"), true, "true"]),
  broken("baseline", "forbid-host-path", "spec.volumes[logs].hostPath", [
    (value) => ({ spec: { volumes: [{ name: "logs", hostPath: value }] } }),
    { path: "/var/log" },
    '{"path":"/var/log"}',
  ]),
  broken("baseline", "forbid-host-ports", "spec.containers[main].ports[0].hostPort", [
    (value) => ({ container: { ports: [{ containerPort: 80, hostPort: value }] } }),
    8080,
    "8080",
  ]),
  broken("baseline", "forbid-probe-hosts", "spec.containers[main].lifecycle.preStop.httpGet.host", [
    (value) => ({ container: { lifecycle: { preStop: { httpGet: { port: 80, host: value } } } } }),
    "169.254.169.254",
    "169.254.169.254",
  ]),
  broken("baseline", "forbid-added-capabilities", `${context}.capabilities.add[0]`, [
    (value) => ({ context: { capabilities: { drop: ["ALL"], add: [value] } } }),
    "NET_RAW",
    "NET_RAW",
  ]),
  broken("baseline", "restrict-apparmor", `${context}.appArmorProfile.type`, [
    (type) => ({ context: { appArmorProfile: { type } } }),
    "Unconfined",
    "Unconfined",
  ]),
  broken("baseline", "restrict-selinux", `${context}.seLinuxOptions.type`, [
    (type) => ({ context: { seLinuxOptions: { type } } }),
    "spc_t",
    "spc_t",
  ]),
  broken("baseline", "restrict-seccomp", `${context}.seccompProfile.type`, [
    (type) => ({ context: { seccompProfile: { type } } }),
    "Unconfined",
    "Unconfined",
  ]),
  broken(
    "baseline",
    "restrict-sysctls",
    "spec.securityContext.sysctls[kernel.msgmax].name",
    [(name) => ({ spec: { securityContext: { sysctls: [{ name, value: "1" }] } } }), "kernel.msgmax", "kernel.msgmax"],
    "spec.securityContext.sysctls[0].name",
  ),
  broken("baseline", "forbid-unmasked-proc", `${context}.procMount`, [inContext("procMount"), "Unmasked", "Unmasked"]),
  broken("baseline", "forbid-windows-host-process", `${context}.windowsOptions.hostProcess`, [
    (hostProcess) => ({ context: { windowsOptions: { hostProcess } } }),
    true,
    "true",
  ]),
  broken("restricted", "require-run-as-nonroot", `${context}.runAsNonRoot`, [
    inContext("runAsNonRoot"),
    null,
    "nothing",
  ]),
  broken("restricted", "forbid-run-as-root-user", `${context}.runAsUser`, [inContext("runAsUser"), 0, "0"]),
  broken("restricted", "forbid-privilege-escalation", `${context}.allowPrivilegeEscalation`, [
    inContext("allowPrivilegeEscalation"),
    null,
    "nothing",
  ]),
  broken("restricted", "require-drop-all-capabilities", `${context}.capabilities.drop`, [
    (drop) => ({ context: { capabilities: { drop } } }),
    ["NET_RAW"],
    '["NET_RAW"]',
  ]),
  broken(
    "restricted",
    "require-seccomp",
    `${context}.seccompProfile.type`,
    [inContext("seccompProfile"), null, "nothing"],
    `${context}.seccompProfile`,
  ),
  broken("restricted", "restrict-volume-types", "spec.volumes[share].nfs", [
    (nfs) => ({ spec: { volumes: [{ name: "share", nfs }] } }),
    { server: "nfs.example", path: "/" },
    '{"server":"nfs.example","path":"/"}',
  ]),
  broken("restricted", "forbid-unmasked-proc-in-user-namespace", `${context}.procMount`, [
    (procMount) => ({ context: { procMount }, spec: { hostUsers: false } }),
    "Unmasked",
    "Unmasked",
  ]),
];
