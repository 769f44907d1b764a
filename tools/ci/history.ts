/** One entry of `pulumi stack history --json`; the newest comes first. */
export interface HistoryEntry {
  readonly version: number;
  readonly kind: string;
  readonly message: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The commit of the newest update. One that failed counts as well: it may have changed part of the stack. Undefined: there was none, or it
 * was made outside a git checkout.
 */
export const deployedCommit = (history: readonly HistoryEntry[]): string | undefined =>
  history.find(({ kind }) => kind === "update")?.environment["git.head"];

/** The number of the update that carries this message. Undefined: its preview stopped it, and nothing was changed. */
export const versionOf = (history: readonly HistoryEntry[], message: string): number | undefined =>
  history.find((entry) => entry.kind === "update" && entry.message === message)?.version;
