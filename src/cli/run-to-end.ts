import { OperationFailed } from "../rehearsal/engine/gate";
import type { Progress } from "../rehearsal/progress";
import type { Report } from "../rehearsal/rehearse-chain";
import { UserError } from "../rehearsal/user-error";
import { renderFailure } from "../report/failure";
import { terminalProgress } from "./terminal-progress";

/** As shells report a program that ended by Ctrl-C: 128 and the signal's number. */
const interrupted = 130;

/**
 * Runs a command so that it cleans up however it ends. The first Ctrl-C asks it to stop; what it then throws is not
 * reported, since the user knows why.
 */
export const runToEnd = async (
  command: (signal: AbortSignal, progress: Progress) => Promise<Report>,
): Promise<void> => {
  const abort = new AbortController();
  const stop = () => {
    if (!abort.signal.aborted) process.stderr.write("\nStopping, and cleaning up …\n");
    abort.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const { text, ok } = await command(abort.signal, terminalProgress());
    process.stdout.write(`\n${text}\n`);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    process.exitCode = 1;
    if (!abort.signal.aborted) process.stderr.write(`\n${explain(error)}\n`);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  if (abort.signal.aborted) process.exitCode = interrupted;
};

const explain = (error: unknown): string => {
  if (error instanceof OperationFailed) return renderFailure(error);
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
