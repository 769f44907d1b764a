/** What a long step tells its user: one line a phase, with how far it is where that is known. */
export interface Progress {
  /** Starts a phase; the returned function updates its detail, and ends it when called with no detail. */
  phase(title: string): PhaseProgress;
}

export interface PhaseProgress {
  update(detail: string): void;
  done(detail?: string): void;
}

/** For callers that show nothing. */
export const silent: Progress = { phase: () => ({ update: () => undefined, done: () => undefined }) };
