/** A Helm chart, pinned. */
export interface Chart {
  readonly name: string;
  /** `oci://…` without the chart's name, or the address of a classic repository. */
  readonly repository: string;
  /** The chart's version, never a range. */
  readonly version: string;
  /**
   * Whether what is in the chart's crds/ folder is left out, because another chart brings the same definitions.
   * @default false
   */
  readonly skipCrds?: boolean;
}
