import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Checks that are one command each; their exit code is the verdict. */
const checks: Readonly<Record<string, readonly string[]>> = {
  format: ["prettier", "--check", "--log-level=warn", "."],
  types: ["tsc", "--project", "."],
  lint: ["eslint", "--max-warnings=0", "."],
  "stack file schema": ["tsx", "src/config/write-schema.ts", "--check"],
};

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const repository = join(__dirname, "..");
const run = (args: readonly string[]): number | null =>
  spawnSync(join(repository, "node_modules", ".bin", args[0] ?? ""), args.slice(1), {
    cwd: repository,
    stdio: "inherit",
  }).status;

const check = (name: string, args: readonly string[]): Count => {
  const passed = run(args) === 0;
  console.log(`${passed ? "✓" : "✗"} ${name}`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** All test files, or those whose path holds one of the given words. */
const vitest = (words: readonly string[]): Count => {
  const scratch = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  try {
    const report = join(scratch, "report.json");
    const status = run([
      ...["vitest", "run", "--config", "test/vitest.config.ts"],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...words,
    ]);
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as {
      readonly numPassedTests: number;
      readonly numFailedTests: number;
    };
    // A file that can't be loaded, or a set-up that fails, counts no test of its own.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, status === 0 ? 0 : 1) };
  } catch (error) {
    console.error(`vitest left no report: ${String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const words = process.argv.slice(2);
const counts = [
  ...(words.length > 0 ? [] : Object.entries(checks).map(([name, args]) => check(name, args))),
  vitest(words),
];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
