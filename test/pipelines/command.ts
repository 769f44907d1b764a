import { spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "./workflow-files";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the pipelines' commands as a workflow does, to its end. */
export const command = (
  name: string,
  args: readonly string[],
  { input = "", env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--require", "tsx/cjs", join(repository, "tools", "ci", `${name}.ts`), ...args],
      { cwd: repository, env: { ...process.env, ...env } },
    );
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...text }));
    child.stdin.end(input);
  });
