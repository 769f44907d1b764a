import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks at a cluster. */
const everyMs = 300;

/** What the cloud does in a cluster by itself, again and again, until it is stopped. */
export class ClusterLoop {
  readonly #abort = new AbortController();
  readonly #failures = new Set<string>();
  readonly #done: Promise<void>;

  /** @param look one look at the cluster; an error is kept for {@link failures}, and the next look comes all the same */
  constructor(look: () => Promise<void>) {
    this.#done = this.#run(look);
  }

  /** What went wrong so far, each once. */
  public get failures(): readonly string[] {
    return [...this.#failures];
  }

  /** Ends it, and waits for the look that is under way. */
  public async stop(): Promise<void> {
    this.#abort.abort();
    await this.#done;
  }

  async #run(look: () => Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await look();
      } catch (error) {
        this.#failures.add(error instanceof Error ? error.message : String(error));
      }
      // Without a reference: a caller that forgets to close must not be kept alive by it. An abort ends the pause.
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
