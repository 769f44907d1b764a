import { dirname } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./support/longest-first";

export default defineConfig({
  root: dirname(__dirname),
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/tools-first.ts"],
    setupFiles: ["test/support/require-typescript.ts"],
    pool: "forks",
    // The engine and the control plane are processes beside the tests, so more files at once only take turns.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A bound on what hangs, not on what is slow: a loaded machine must pass as well.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
