import { terminalProgress } from "../../src/cli/terminal-progress";
import { ensureTools } from "../../src/rehearsal/tools";
import { tools, type ToolName } from "../../src/rehearsal/tools/catalogue";

/** Builds every tool before the first test, with progress shown: tests side by side would only wait for each other's builds. */
export default async (): Promise<void> => {
  await ensureTools(Object.keys(tools) as ToolName[], terminalProgress());
};
