import { createRequire } from "node:module";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { runtime } from "@pulumi/pulumi";
import type { Cloud } from "../../components/shared";
import { answer, measure, task } from "./answer";

export interface FirstResourceTask {
  readonly program: "platform" | "bare";
  readonly cloud: Cloud;
}

export interface FirstResourceResult {
  /** From the start of the process. */
  readonly seconds: number;
}

const moduleOf = ({ program, cloud }: FirstResourceTask): string =>
  program === "platform" ? "../../src/index" : `../programs/bare-${cloud}`;

// As Pulumi does it: no loader for ES modules, which tsx only is where a process asks for it.
const load = createRequire(__filename);

measure(async () => {
  const endAtFirst = (): never => {
    // The clock starts with the process.
    answer({ seconds: performance.now() / 1000 } satisfies FirstResourceResult);
    // The SDK's, which calls an end before all resources are there a failure.
    process.removeAllListeners("exit");
    process.exit();
  };
  await runtime.setMocks({ call: () => ({}), newResource: endAtFirst }, "holdfast", "development");
  await (load(moduleOf(task() as FirstResourceTask)) as PulumiFn)();
});
