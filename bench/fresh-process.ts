import { spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "./repository";
import { watchMemory, type PeakMemory } from "./processes";

export interface FreshRun<Result> {
  readonly result: Result;
  readonly memory: PeakMemory;
}

export interface FreshProcess {
  /** Its file in bench/children. */
  readonly child: string;
  /** Arguments of Node that let it run TypeScript. @default those of this project's commands */
  readonly loader?: readonly string[];
  /** What it is told, as JSON in its first argument. */
  readonly task: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Runs a measurement in a process of its own, so that no compiled code, cache or heap of an earlier one is in it. The child
 * prints its result as one line of JSON, its last.
 *
 * @throws with what the child said, when it fails
 */
export const freshRun = async <Result>({
  child,
  loader = ["--import", "tsx"],
  task,
  env,
  signal,
}: FreshProcess): Promise<FreshRun<Result>> => {
  signal.throwIfAborted();
  const started = spawn(
    process.execPath,
    [...loader, join(__dirname, "children", `${child}.ts`), JSON.stringify(task)],
    { cwd: repository, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const memory = watchMemory(started.pid ?? 0);
  // The child ends the engine before itself.
  const stop = () => started.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  const said = { out: "", err: "" };
  started.stdout.on("data", (text: Buffer) => (said.out += text.toString()));
  started.stderr.on("data", (text: Buffer) => (said.err += text.toString()));
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      started.on("error", reject).on("close", resolve),
    );
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`bench/children/${child} ended with ${code}\n${said.err || said.out}`);
    return { result: JSON.parse(said.out.trim().split("\n").at(-1) ?? "") as Result, memory: memory.stop() };
  } finally {
    memory.stop();
    signal.removeEventListener("abort", stop);
  }
};
