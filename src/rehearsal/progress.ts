/** What a long step tells its user: one line a phase, with how far it is where that is known. */
export interface Progress {
  /** Starts a phase, which its `done` or `failed` ends. */
  phase(title: string): PhaseProgress;
}

export interface PhaseProgress {
  /** How far it is: `312 of 1,404 packages`. */
  update(detail: string): void;
  done(detail?: string): void;
  failed(detail?: string): void;
}

/** For callers that show nothing. */
export const silent: Progress = {
  phase: () => ({ update: () => undefined, done: () => undefined, failed: () => undefined }),
};
