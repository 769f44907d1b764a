import { createRequire } from "node:module";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { runtime } from "@pulumi/pulumi";
import { answer, measure, task } from "./answer";

export interface FirstResourceTask {
  readonly program: "platform" | "one-config-map";
}

export interface FirstResourceResult {
  /** From the start of the process. */
  readonly seconds: number;
}

const programs = { platform: "../../src/index", "one-config-map": "../programs/one-config-map" };

// As Pulumi does it: no loader for ES modules, which tsx only is where a process asks for it.
const load = createRequire(__filename);

measure(async () => {
  let first: number | undefined;
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ name, inputs }) => {
        // The clock starts with the process.
        first ??= performance.now();
        return { id: `${name}-id`, state: { ...(inputs as object), ...computed } };
      },
    },
    "holdfast",
    "development",
  );
  const program = load(programs[(task() as FirstResourceTask).program]) as PulumiFn;
  await program();
  await runtime.disconnect();
  answer({ seconds: (first ?? Number.NaN) / 1000 } satisfies FirstResourceResult);
});

/** Outputs that the program makes others from, so that it runs to its end. */
const computed = { kubeconfig: "", result: "", accessKey: "", secretKey: "", endpoint: "" };
