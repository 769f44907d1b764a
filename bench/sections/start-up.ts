import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { table } from "../../src/report/table";
import { inTurns, seconds, type Section } from "../bench";
import type { FirstResourceResult, FirstResourceTask } from "../children/first-resource";
import { freshRun } from "../fresh-process";
import { repository } from "../repository";
import { median, pairedRatio } from "../statistics";

/** Before the first resource, nothing of what a user waits for has begun. */
export const startUp: Section = {
  name: "start-up",
  title: "Start-up: from a new process to the first registered resource",
  async measure({ runs, signal, progress }) {
    const loader = programLoader();
    const env = { PULUMI_CONFIG: JSON.stringify(developmentConfig()) };
    const start = (program: FirstResourceTask["program"]) => () => {
      progress.update(program);
      const task = { program } satisfies FirstResourceTask;
      return freshRun<FirstResourceResult>({
        child: "first-resource",
        loader,
        task,
        env,
        signal,
      });
    };
    const found = await inTurns(runs, { platform: start("platform"), bare: start("one-config-map") });
    const [platform, bare] = [seconds(found.platform), seconds(found.bare)];
    return {
      text: table(
        ["program", "seconds", "÷ bare"],
        [
          ["the platform, development", median(platform).toFixed(2), pairedRatio(platform, bare).toFixed(2)],
          ["bare: @pulumi/kubernetes, one ConfigMap", median(bare).toFixed(2), "1"],
        ],
      ),
      targets: [],
    };
  },
};

/** How Pulumi.yaml has Node started. */
const programLoader = (): readonly string[] => {
  const project = parse(readFileSync(join(repository, "Pulumi.yaml"), "utf8")) as Project;
  return project.runtime.options.nodeargs.split(" ");
};

interface Project {
  readonly runtime: { readonly options: { readonly nodeargs: string } };
}

/** The stack file's settings as the engine hands them over: text, JSON where they are more. */
const developmentConfig = (): Record<string, string> => {
  const text = readFileSync(join(repository, "Pulumi.development.yaml"), "utf8");
  const { config } = parse(text) as { readonly config: Readonly<Record<string, unknown>> };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
};
