import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { clouds, type Cloud } from "../../components/shared";
import { stackFileOnOtherCloud } from "../../src/config/other-cloud";
import { table } from "../../src/report/table";
import { inTurns, seconds, type Section } from "../bench";
import type { FirstResourceResult, FirstResourceTask } from "../children/first-resource";
import { freshRun } from "../fresh-process";
import { repository } from "../repository";
import { median, pairedRatio } from "../statistics";
import { verdict, type Target } from "../targets";

/** Before the first resource, nothing of what a user waits for has begun. */
export const startUp: Section = {
  name: "start-up",
  title: "Start-up: from a new process to the first registered resource, beside a program with one cluster and no more",
  async measure({ runs, signal, progress }) {
    const loader = programLoader();
    const start = (task: FirstResourceTask) => () => {
      progress.update(`${task.program}, ${task.cloud}`);
      const env = { PULUMI_CONFIG: JSON.stringify(developmentConfig(task.cloud)) };
      return freshRun<FirstResourceResult>({ child: "first-resource", loader, task, env, signal });
    };
    const rows: (readonly string[])[] = [];
    const targets: Target[] = [];
    for (const cloud of clouds) {
      const found = await inTurns(runs, {
        platform: start({ program: "platform", cloud }),
        bare: start({ program: "bare", cloud }),
      });
      const [platform, bare] = [seconds(found.platform), seconds(found.bare)];
      const target = { name: `start-up ÷ bare, ${cloud}`, limit: 1.3, found: pairedRatio(platform, bare) };
      rows.push([cloud, median(platform).toFixed(2), median(bare).toFixed(2), verdict(target)]);
      targets.push(target);
    }
    return { text: table(["cloud", "the platform, s", "bare, s", "platform ÷ bare"], rows), targets };
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
const developmentConfig = (cloud: Cloud): Record<string, string> => {
  const text = readFileSync(join(repository, "Pulumi.development.yaml"), "utf8");
  const { config } = parse(stackFileOnOtherCloud(text, cloud)) as {
    readonly config: Readonly<Record<string, unknown>>;
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
};
