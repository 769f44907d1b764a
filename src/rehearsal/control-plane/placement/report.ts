/** Where everything landed, and why what did not land did not. Plain data. */
export interface PlacementReport {
  readonly nodes: readonly NodeUse[];
  readonly quotas: readonly QuotaUse[];
  /** Pods that run, or have run to their end. */
  readonly placed: number;
  readonly unplaced: readonly UnplacedPod[];
  readonly missing: readonly MissingPods[];
}

export interface NodeUse {
  readonly name: string;
  /** From the node's own labels; "" where it has none. */
  readonly environment: string;
  readonly pool: string;
  readonly zone: string;
  /** Whether the cloud's autoscaler added it, beyond what the program asked for. */
  readonly added: boolean;
  /** Cores. */
  readonly cpu: Use;
  /** Bytes. */
  readonly memory: Use;
  /** Whole devices. */
  readonly gpus: Use;
  /** Of those allowed on the node. */
  readonly pods: Use;
}

/** What pods ask for, of what they may have. */
export interface Use {
  readonly requested: number;
  readonly allocatable: number;
}

export interface QuotaUse {
  readonly namespace: string;
  readonly quota: string;
  /** For example `requests.cpu`. */
  readonly resource: string;
  /** Kubernetes quantities, as the API server gives them. */
  readonly used: string;
  readonly hard: string;
  /** used ÷ hard; 0 where nothing is allowed and nothing is used. */
  readonly share: number;
}

/** A pod that was admitted and does not run. */
export interface UnplacedPod {
  readonly namespace: string;
  readonly name: string;
  readonly phase: string;
  /** The scheduler's own words, or the waiting container's. */
  readonly reason: string;
}

/** Pods that a workload wants and does not have. */
export interface MissingPods {
  readonly namespace: string;
  /** For example `Deployment/web`. */
  readonly workload: string;
  /** 0 where it is not known yet how many, since its controller has not looked at it. */
  readonly count: number;
  /** Admission's own words, where it refused them. */
  readonly reason: string;
}

/** Whether every pod that anything wants is there and runs. */
export const isComplete = (report: PlacementReport): boolean =>
  report.unplaced.length === 0 && report.missing.length === 0;
