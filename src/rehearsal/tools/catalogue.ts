import { join } from "node:path";

/** A program that the rehearsal runs, built from a pinned Go module where no suitable one is installed. */
export interface Tool {
  /** Folder with the go.mod and go.sum that pin it. */
  readonly moduleDir: string;
  /** The module whose version is the tool's version; read from go.mod, so that it stands in one place. */
  readonly module: string;
  /** The main package to build. */
  readonly package: string;
  /** Linker variables that carry the version (with its `v`), for programs that would otherwise report none. */
  readonly versionVariables: (version: string) => Readonly<Record<string, string>>;
  /** Undefined: one found on PATH is never used. */
  readonly onPath: OnPath | undefined;
}

/** When an installed program is as good as the one that we would build. */
export interface OnPath {
  /** Semver range. */
  readonly supported: string;
  /** Why that range; shown when an installed program is passed over. */
  readonly reason: string;
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
}

const toolsDir = join(__dirname, "..", "..", "..", "tools");

const kubernetes = (command: string) => ({
  moduleDir: join(toolsDir, "kubernetes"),
  module: "k8s.io/kubernetes",
  package: `k8s.io/kubernetes/cmd/${command}`,
  // Without these, clients cannot parse the server's version.
  versionVariables: (version: string) => {
    const [major, minor] = version.slice(1).split(".");
    return {
      "k8s.io/component-base/version.gitVersion": version,
      "k8s.io/component-base/version.gitMajor": major ?? "",
      "k8s.io/component-base/version.gitMinor": minor ?? "",
    };
  },
  onPath: undefined,
});

export const tools = {
  pulumi: {
    moduleDir: toolsDir,
    module: "github.com/pulumi/pulumi/pkg/v3",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    // The Automation API refuses an engine that reports no version.
    versionVariables: (version) => ({ "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version }),
    onPath: {
      supported: ">=3.226.0 <4",
      reason: "not older than the SDK in package.json, whose calls it must answer; a new major may change them",
      versionArgs: ["version"],
    },
  },
  etcd: {
    moduleDir: join(toolsDir, "etcd"),
    module: "go.etcd.io/etcd/server/v3",
    package: "go.etcd.io/etcd/server/v3",
    versionVariables: () => ({}),
    onPath: undefined,
  },
  "kube-apiserver": kubernetes("kube-apiserver"),
  "kube-controller-manager": kubernetes("kube-controller-manager"),
  "kube-scheduler": kubernetes("kube-scheduler"),
  kubectl: {
    ...kubernetes("kubectl"),
    onPath: {
      supported: ">=1.34.0 <1.37",
      reason: "within one minor of the API server, as Kubernetes' version skew policy asks",
      versionArgs: ["version", "--client"],
    },
  },
  kwok: {
    moduleDir: join(toolsDir, "kwok"),
    module: "sigs.k8s.io/kwok",
    package: "sigs.k8s.io/kwok/cmd/kwok",
    versionVariables: () => ({}),
    onPath: undefined,
  },
  helm: {
    moduleDir: join(toolsDir, "helm"),
    module: "helm.sh/helm/v3",
    package: "helm.sh/helm/v3/cmd/helm",
    versionVariables: (version) => ({ "helm.sh/helm/v3/internal/version.version": version }),
    onPath: {
      supported: ">=3.18.0 <4",
      reason: "the Kubernetes provider renders charts with Helm 3; older ones lack fixes of how values are merged",
      versionArgs: ["version", "--short"],
    },
  },
  actionlint: {
    moduleDir: join(toolsDir, "actionlint"),
    module: "github.com/rhysd/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    versionVariables: (version) => ({ "github.com/rhysd/actionlint.version": version.slice(1) }),
    onPath: undefined,
  },
} as const satisfies Readonly<Record<string, Tool>>;

export type ToolName = keyof typeof tools;

/** What a control plane is made of. */
export const controlPlaneTools = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
] as const satisfies readonly ToolName[];

/**
 * Folder with `pulumi-analyzer-policy-nodejs`, to be put on the engine's PATH where the engine is ours: official
 * distributions bring their own.
 */
export const policyAnalyzerDir = join(__dirname, "bin");
