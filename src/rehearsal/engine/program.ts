import type { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";

/**
 * A program that ends when something in it throws too late to be caught, such as in an `apply`.
 *
 * The SDK takes note of each request to the engine that is under way, and an inline program has ended when none is. A
 * resource whose input is an output that failed never gets as far as its request, and stays noted. As a process of its own
 * the program ends none the less, because nothing is left for Node to wait for; inline it would wait for ever. Here it fails
 * with the first rejection that nobody handled, and what was noted until then is given up.
 *
 * @see https://github.com/pulumi/pulumi/issues/14980
 */
export const endingProgram =
  (program: PulumiFn): PulumiFn =>
  async () => {
    const run = currentRun();
    const unhandled = firstUnhandledRejection(run);
    const complete = async (): Promise<Awaited<ReturnType<PulumiFn>>> => {
      const outputs = await program();
      await allAnswered(run);
      // Node tells of what was rejected between two turns. Unheard, a failed program would pass for a complete one, and
      // whatever it did not get to register would be deleted.
      await setImmediate();
      return outputs;
    };
    try {
      return await Promise.race([complete(), unhandled.rejected]);
    } catch (error) {
      // Messages go out in order: once this one has, so have those before it, which nobody waits for after this.
      await pulumi.log.debug("the program failed");
      run.settings.rpcDone = Promise.resolve();
      forgiveWhatComesLate(run);
      throw error;
    } finally {
      unhandled.ignore();
    }
  };

/** What the SDK keeps for one run of an inline program. */
interface Run {
  readonly settings: {
    /** Resolved when all requests that were noted so far have been answered; each new one is chained to it. */
    rpcDone: Promise<unknown>;
  };
}

const runs = (): AsyncLocalStorage<Run> =>
  (globalThis as unknown as { readonly asyncLocalStorage: AsyncLocalStorage<Run> }).asyncLocalStorage;

const currentRun = (): Run => {
  const run = runs().getStore();
  if (run === undefined) throw new Error("The program is not run by the Automation API: there is no run of it to end.");
  return run;
};

/** Waits as the SDK does after the program, but before it, where a rejection can still cut it short. */
const allAnswered = async ({ settings }: Run): Promise<void> => {
  let seen: unknown;
  while (seen !== settings.rpcDone) {
    seen = settings.rpcDone;
    await seen;
  }
};

const firstUnhandledRejection = (run: Run): { readonly rejected: Promise<never>; ignore(): void } => {
  let listener: NodeJS.UnhandledRejectionListener = () => undefined;
  const rejected = new Promise<never>((_resolve, reject) => {
    listener = (reason) => {
      // Node calls this in the context of the promise that was rejected.
      if ((runs().getStore() ?? run) === run) {
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      }
    };
  });
  process.on("unhandledRejection", listener);
  return { rejected, ignore: () => process.off("unhandledRejection", listener) };
};

const failed = new WeakSet<Run>();

/**
 * A program that has failed may still reject: its requests lose the engine, and what it began beside them ends in its own
 * time. The SDK listens no longer then, and Node would end the process, before what was started for the run is stopped.
 */
const forgiveWhatComesLate = (run: Run): void => {
  failed.add(run);
  if (!process.listeners("unhandledRejection").includes(onLateRejection)) {
    process.on("unhandledRejection", onLateRejection);
  }
};

const onLateRejection: NodeJS.UnhandledRejectionListener = (reason) => {
  const run = runs().getStore();
  if (run !== undefined && failed.has(run)) return;
  // With a listener Node leaves the verdict to it; for what is not ours it stays what it would be without.
  if (process.listenerCount("unhandledRejection") === 1) throw reason;
};
