import type { Command } from "./processes";

/** The programs of a control plane, by absolute path. */
export interface ControlPlaneBinaries {
  readonly etcd: string;
  readonly "kube-apiserver": string;
  readonly "kube-controller-manager": string;
  readonly "kube-scheduler": string;
  readonly kwok: string;
}

/** Files of a control plane, relative to its folder, which every program is started in. */
export const files = {
  certs: "certs",
  /** Written by the API server on its first start, followed by the CA that signed it. */
  servingCert: "certs/apiserver.crt",
  servingKey: "certs/apiserver.key",
  serviceAccountKey: "service-account.key",
  tokens: "tokens.csv",
  kubeconfig: "kubeconfig",
  /** Relative, for a socket's path has room for about 100 characters only. */
  etcdSocket: "etcd.sock",
  etcdPeerSocket: "etcd-peer.sock",
} as const;

/** LKE's ranges, so that rules written for it mean the same here. */
const podCidr = "10.2.0.0/16";
const serviceCidr = "10.128.0.0/16";

/**
 * Unix sockets: etcd asks nobody who they are, so only who can enter the folder may reach it; nor can a port be lost to
 * another program. The advertised addresses are never dialled by a single member, but must look like some.
 */
export const etcd = (binaries: ControlPlaneBinaries): Command => ({
  name: "etcd",
  binary: binaries.etcd,
  args: [
    "--name=rehearsal",
    "--data-dir=etcd",
    `--listen-client-urls=unix://${files.etcdSocket}`,
    "--advertise-client-urls=http://127.0.0.1:2379",
    `--listen-peer-urls=unix://${files.etcdPeerSocket}`,
    "--initial-advertise-peer-urls=http://127.0.0.1:2380",
    "--initial-cluster=rehearsal=http://127.0.0.1:2380",
    // A rehearsal need not survive a power cut; a killed process loses nothing by it.
    "--unsafe-no-fsync",
    "--log-level=warn",
  ],
});

export const apiServer = (binaries: ControlPlaneBinaries, port: number): Command => ({
  name: "kube-apiserver",
  binary: binaries["kube-apiserver"],
  args: [
    `--etcd-servers=unix:${files.etcdSocket}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${files.certs}`,
    `--service-cluster-ip-range=${serviceCidr}`,
    "--authorization-mode=RBAC",
    "--anonymous-auth=false",
    `--token-auth-file=${files.tokens}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    "--allow-privileged=true",
    // Charts bring webhooks, and kwok plays pods without running them: the API server would wait for each in vain.
    "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
    "--profiling=false",
  ],
});

export const controllerManager = (binaries: ControlPlaneBinaries): Command => ({
  name: "kube-controller-manager",
  binary: binaries["kube-controller-manager"],
  args: [
    `--kubeconfig=${files.kubeconfig}`,
    "--secure-port=0",
    "--leader-elect=false",
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    // Puts kube-root-ca.crt in each namespace, which counts against its quota as it does in a real cluster.
    `--root-ca-file=${files.servingCert}`,
    // Claims are bound as a cloud's driver would bind them; see storage-classes.ts.
    "--enable-hostpath-provisioner=true",
    // An autoscaler is first looked at after one period, and raises a workload to its minimum only then.
    "--horizontal-pod-autoscaler-sync-period=1s",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
    "--profiling=false",
  ],
});

export const scheduler = (binaries: ControlPlaneBinaries): Command => ({
  name: "kube-scheduler",
  binary: binaries["kube-scheduler"],
  args: [
    `--kubeconfig=${files.kubeconfig}`,
    "--secure-port=0",
    "--leader-elect=false",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
  ],
});

/** Plays the kubelets. It is given a configuration of its own, so that none in the user's home changes how. */
export const kwok = (binaries: ControlPlaneBinaries): Command => ({
  name: "kwok",
  binary: binaries.kwok,
  args: [
    `--kubeconfig=${files.kubeconfig}`,
    "--config=kwok.yaml",
    "--manage-all-nodes=true",
    "--node-lease-duration-seconds=40",
    `--cidr=${podCidr}`,
  ],
});

/** kwok's built-in stages start and end pods; this only switches off what else it would serve. */
export const kwokConfiguration = {
  apiVersion: "config.kwok.x-k8s.io/v1alpha1",
  kind: "KwokConfiguration",
  options: { enableCRDs: [] },
};
