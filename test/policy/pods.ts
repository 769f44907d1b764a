import fc from "fast-check";

/** A pod as a manifest has it, without its name. */
export interface GeneratedPod {
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Mostly what the restricted level wants, so that a pod as a whole may pass; now and then what breaks a control. */
const mostly = <T>(fine: fc.Arbitrary<T>, broken: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ withCrossShrink: true }, { weight: 24, arbitrary: fine }, { weight: 1, arbitrary: broken });

const value = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const unset = fc.constant(undefined);

/** Leaves out what is undefined, as a manifest does. */
const fields = (model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Fields> =>
  fc
    .record(model)
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, field]) => field !== undefined)));

const optional = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ withCrossShrink: true }, unset, arbitrary);

const profile = (...types: readonly string[]): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(...types)
    .map((type) => (type === "Localhost" ? { type, localhostProfile: "profiles/holdfast.json" } : { type }));

const seccompProfile = mostly(optional(profile("RuntimeDefault", "Localhost")), profile("Unconfined"));
const appArmorProfile = mostly(optional(profile("RuntimeDefault", "Localhost")), profile("Unconfined"));

const seLinuxOptions = mostly(
  optional(
    fields({
      type: value(undefined, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"),
      level: value(undefined, "s0:c1,c2"),
    }),
  ),
  fields({
    type: value(undefined, "spc_t"),
    user: value(undefined, "", "system_u"),
    role: value(undefined, "sysadm_r"),
  }),
);

const windowsOptions = mostly(
  optional(fields({ hostProcess: value(undefined, false) })),
  fc.constant({ hostProcess: true }),
);

const runAsNonRoot = mostly(value(undefined, true), value(false));
const runAsUser = mostly(value(undefined, 1, 1001), value(0));

const capabilities = fields({
  drop: mostly(value(["ALL"], ["NET_RAW", "ALL"]), value(undefined, [], ["all"], ["NET_RAW"])),
  add: mostly(value(undefined, [], ["NET_BIND_SERVICE"]), value(["CHOWN"], ["NET_RAW"], ["SYS_TIME", "KILL"], ["ALL"])),
});

const containerSecurityContext = fields({
  allowPrivilegeEscalation: mostly(value(false), value(undefined, true)),
  privileged: mostly(value(undefined, false), value(true)),
  capabilities: mostly(capabilities, unset),
  procMount: mostly(value(undefined, "Default"), value("Unmasked")),
  readOnlyRootFilesystem: value(undefined, true),
  runAsNonRoot,
  runAsUser,
  seccompProfile,
  appArmorProfile,
  seLinuxOptions,
  windowsOptions,
});

const host = mostly(value(undefined, ""), value("127.0.0.1", "example.com"));
const handler = fc.oneof(
  fields({ host }).map((given) => ({ httpGet: { port: 80, ...given } })),
  fields({ host }).map((given) => ({ tcpSocket: { port: 80, ...given } })),
  fc.constant({ exec: { command: ["true"] } }),
);

const ports = fc.array(
  fields({ containerPort: fc.integer({ min: 1, max: 65_535 }), hostPort: mostly(value(undefined, 0), value(8080)) }),
  { maxLength: 2 },
);

const container = (name: string): fc.Arbitrary<Fields> =>
  fields({
    name: fc.constant(name),
    image: fc.constant("registry.example/image:1"),
    ports: optional(ports),
    securityContext: mostly(containerSecurityContext, unset),
    livenessProbe: optional(handler),
    readinessProbe: optional(handler),
    startupProbe: optional(handler),
    lifecycle: optional(fields({ postStart: optional(handler), preStop: optional(handler) })),
  });

const plainInit = (name: string): fc.Arbitrary<Fields> =>
  fields({
    name: fc.constant(name),
    image: fc.constant("registry.example/image:1"),
    securityContext: containerSecurityContext,
  });

/** An init container runs to its end; a sidecar keeps on, and alone of the two may have probes. */
const initContainer = (name: string): fc.Arbitrary<Fields> =>
  fc.oneof(
    plainInit(name),
    container(name).map((sidecar) => ({ ...sidecar, restartPolicy: "Always" })),
  );

const allowedVolume = value(
  {},
  { emptyDir: {} },
  { configMap: { name: "settings" } },
  { secret: { secretName: "secrets" } },
  { downwardAPI: { items: [] } },
  { projected: { sources: [] } },
  { persistentVolumeClaim: { claimName: "data" } },
  { csi: { driver: "csi.example" } },
  { image: { reference: "registry.example/model:1" } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    },
  },
);

const restrictedVolume = value(
  { hostPath: { path: "/var/log" } },
  { nfs: { server: "nfs.example", path: "/" } },
  { gitRepo: { repository: "https://git.example/repository" } },
  { iscsi: { targetPortal: "10.0.0.1", iqn: "iqn.2001-04.com.example:storage", lun: 0 } },
  { rbd: { monitors: ["10.0.0.1"], image: "image" } },
  { cephfs: { monitors: ["10.0.0.1"] } },
  { fc: { targetWWNs: ["50060e801049cfd1"], lun: 0 } },
  { azureFile: { secretName: "secret", shareName: "share" } },
  { awsElasticBlockStore: { volumeID: "vol-1" } },
  { gcePersistentDisk: { pdName: "disk" } },
  { azureDisk: { diskName: "disk", diskURI: "https://disk.example" } },
  { cinder: { volumeID: "volume" } },
  { flexVolume: { driver: "example/driver" } },
  { vsphereVolume: { volumePath: "path" } },
  { glusterfs: { endpoints: "endpoints", path: "path" } },
  { quobyte: { registry: "registry.example:1", volume: "volume" } },
  { portworxVolume: { volumeID: "volume" } },
  { scaleIO: { gateway: "https://gateway.example", system: "system", secretRef: { name: "secret" }, volumeName: "v" } },
  { storageos: { volumeName: "volume", volumeNamespace: "namespace" } },
  { flocker: { datasetName: "dataset" } },
  { photonPersistentDisk: { pdID: "disk" } },
);

const volumes = fc
  .array(mostly(allowedVolume, restrictedVolume), { maxLength: 3 })
  .map((sources) => sources.map((source, index) => ({ name: `volume-${index}`, ...(source as Fields) })));

const sysctls = fc.array(
  mostly(
    value("kernel.shm_rmid_forced", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_rmem", "net.ipv4.ip_local_reserved_ports"),
    value("kernel.msgmax", "net.core.somaxconn"),
  ).map((name) => ({ name, value: "1" })),
  { maxLength: 1 },
);

const podSecurityContext = fields({
  runAsNonRoot: mostly(value(true), value(undefined, false)),
  runAsUser,
  seccompProfile: mostly(profile("RuntimeDefault", "Localhost"), fc.oneof(unset, profile("Unconfined"))),
  appArmorProfile,
  seLinuxOptions,
  windowsOptions,
  sysctls: optional(sysctls),
});

const annotations = mostly(
  value(
    {},
    { "container.apparmor.security.beta.kubernetes.io/main": "runtime/default" },
    { "container.apparmor.security.beta.kubernetes.io/main": "localhost/holdfast" },
    { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" },
  ),
  value({ "container.apparmor.security.beta.kubernetes.io/main": "unconfined" }),
) as fc.Arbitrary<Readonly<Record<string, string>>>;

const linuxPod: fc.Arbitrary<GeneratedPod> = fc.record({
  annotations,
  spec: fields({
    containers: fc.tuple(container("main"), container("second")).chain((both) => fc.subarray(both, { minLength: 1 })),
    initContainers: optional(fc.tuple(initContainer("init"))),
    securityContext: mostly(podSecurityContext, unset),
    volumes: optional(volumes),
    hostNetwork: mostly(value(undefined, false), value(true)),
    hostPID: mostly(value(undefined, false), value(true)),
    hostIPC: mostly(value(undefined, false), value(true)),
    hostUsers: value(undefined, undefined, true, false),
    os: value(undefined, { name: "linux" }),
  }),
});

/** The API server takes no Linux setting on a Windows pod, so one generator for both would hardly ever make a valid one. */
const windowsPod: fc.Arbitrary<GeneratedPod> = fc.record({
  annotations: fc.constant({}),
  spec: fields({
    os: fc.constant({ name: "windows" }),
    hostNetwork: value(undefined, true),
    containers: fc.tuple(
      fields({
        name: fc.constant("main"),
        image: fc.constant("registry.example/image:1"),
        securityContext: optional(fields({ runAsNonRoot: value(undefined, true, false), windowsOptions })),
      }),
    ),
    securityContext: optional(fields({ runAsNonRoot: value(undefined, true, false), windowsOptions })),
    volumes: optional(volumes),
  }),
});

/** Pods over every field that a Pod Security control looks at, some of them such that the API server refuses their form. */
export const pods: fc.Arbitrary<GeneratedPod> = fc.oneof(
  { weight: 9, arbitrary: linuxPod },
  { weight: 1, arbitrary: windowsPod },
);
