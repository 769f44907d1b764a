import { spawn } from "node:child_process";

export interface CommandOptions {
  /** Given on standard input. @default nothing */
  readonly input?: string;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  readonly cwd: string;
  /** On top of this process' own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program that ended said; `failure` is undefined where it ended well. */
export interface CommandResult {
  readonly stdout: string;
  /** Why it did not do what it was asked, in its own words. */
  readonly failure: string | undefined;
}

/** Runs a program to its end. Never throws: a program that isn't there is a failure too. */
export const runCommand = (
  command: string,
  args: readonly string[],
  { input = "", timeout, cwd, env = {} }: CommandOptions,
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd, timeout, env: { ...process.env, ...env } });
    const stop = () => child.kill();
    process.once("exit", stop);
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    // One that ends without reading what it is given isn't wrong for that: its exit code says what it thinks.
    child.stdin.on("error", () => undefined).end(input);
    const end = (failure: string | undefined) => {
      process.removeListener("exit", stop);
      resolve({ stdout: out.join(""), failure });
    };
    child.on("error", ({ message }) => end(message));
    child.on("close", (code, signal) => {
      if (code === 0) {
        end(undefined);
        return;
      }
      const said = err.join("").trim();
      const ended = signal === null ? `exit code ${code}` : `ended after ${timeout / 1000} s`;
      end(said === "" ? ended : signal === null ? said : `${ended}: ${said}`);
    });
  });
