import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PhaseProgress } from "../progress";
import { ToolBuildError } from "./build-failure";
import type { BuildPlan } from "./cache";
import type { Tool } from "./catalogue";
import { countGoWork, describeGoWork, type GoWork } from "./go-output";

/**
 * Builds a tool from its pinned module into `output`, telling `phase` how far it is. The go.mod is never changed, and a
 * go.work above the repository never joins in.
 *
 * @throws ToolBuildError with what to do about it
 */
export const goBuild = async (
  name: string,
  tool: Tool,
  plan: BuildPlan,
  output: string,
  phase: PhaseProgress,
): Promise<void> => {
  const started = Date.now();
  let work: GoWork = { modules: 0, packages: 0 };
  let total: number | undefined;
  const show = () => phase.update(describeGoWork(work, total, Date.now() - started));
  const onLine = (line: string) => (work = countGoWork(work, line));
  const env = {
    ...process.env,
    CGO_ENABLED: "0",
    GOWORK: "off",
    GOOS: plan.platform.goos,
    GOARCH: plan.platform.goarch,
  };
  const go = async (args: readonly string[]): Promise<string> => {
    const result = await runGo(args, tool.moduleDir, env, onLine);
    if (result.ok) return result.stdout;
    throw new ToolBuildError({
      tool: name,
      moduleDir: tool.moduleDir,
      goVersion: await requiredGo(tool.moduleDir),
      goProxy: process.env["GOPROXY"],
      output: result.stderr,
    });
  };

  show();
  const timer = setInterval(show, 1000);
  try {
    const dependencies = await go(["list", "-mod=readonly", "-deps", "--", tool.package]);
    total = dependencies.trim().split("\n").length;
    await go(["build", "-v", "-mod=readonly", "-trimpath", "-ldflags", plan.ldflags, "-o", output, "--", tool.package]);
  } finally {
    clearInterval(timer);
  }
};

type GoResult =
  { readonly ok: true; readonly stdout: string } | { readonly ok: false; readonly stderr: string | undefined };

const runGo = (
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<GoResult> =>
  new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => stdout.push(chunk));
    createInterface({ input: child.stderr }).on("line", (line) => {
      stderr.push(line);
      onLine(line);
    });
    // A run that ends early must not leave a compiler behind.
    const stop = () => child.kill();
    process.once("exit", stop);
    child.on("error", (error: NodeJS.ErrnoException) => {
      process.removeListener("exit", stop);
      if (error.code === "ENOENT") resolve({ ok: false, stderr: undefined });
      else reject(error);
    });
    child.on("close", (code) => {
      process.removeListener("exit", stop);
      resolve(code === 0 ? { ok: true, stdout: stdout.join("") } : { ok: false, stderr: stderr.join("\n") });
    });
  });

const requiredGo = async (moduleDir: string): Promise<string> =>
  /^go (\S+)$/m.exec(await readFile(join(moduleDir, "go.mod"), "utf8"))?.[1] ?? "";
