import { afterEach, beforeEach, expect, it } from "vitest";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OperationFailed, previewThenUp } from "../../src/rehearsal/engine/gate";
import type { Rehearsal } from "../../src/rehearsal/rehearsal";
import { scratch, simulated } from "../support/rehearsal";

/* A program that throws where nobody can catch it. What goes wrong here is a run that waits for ever: the bound is vitest's. */

let folder: ReturnType<typeof scratch>;
let rehearsal: Rehearsal | undefined;
beforeEach(() => {
  folder = scratch();
});
afterEach(async () => {
  await rehearsal?.close();
  folder.remove();
});

type Body = () => ReturnType<PulumiFn> | Awaited<ReturnType<PulumiFn>>;

const update = async (body: Body): Promise<unknown> => {
  rehearsal = await simulated({ root: folder.path, program: async () => await body() });
  const stack = await rehearsal.openStack("development");
  return previewThenUp(stack, { places: rehearsal.places, policyPacks: [] }).catch((error: unknown) => error);
};

const failure = (error: unknown): OperationFailed => {
  if (error instanceof OperationFailed) return error;
  throw new Error(`the update should have failed, and ended with: ${String(error)}`);
};

/** A value that the program misses, as it learns only in an apply. */
const missing = (): pulumi.Output<string> =>
  pulumi.output("").apply(() => {
    throw new pulumi.RunError("the fact is missing");
  });

class Part extends pulumi.ComponentResource {
  public constructor(name: string) {
    super("test:index:Part", name);
    new random.RandomId(name, { byteLength: 4, keepers: { missing: missing() } }, { parent: this });
    this.registerOutputs({});
  }
}

const programs: Readonly<Record<string, Body>> = {
  "beside all resources": () => {
    missing();
  },
  "in a resource's input": () => {
    const id = new random.RandomId("id", { byteLength: 4, keepers: { missing: missing() } });
    new random.RandomId("after", { byteLength: 4, keepers: { of: id.hex } });
  },
  "in a component": () => {
    new random.RandomId("after", { byteLength: 4 }, { dependsOn: new Part("part") });
  },
  "in a provider's argument": () => {
    const provider = new k8s.Provider("cluster", { kubeconfig: missing() });
    new k8s.core.v1.Namespace("web", {}, { provider });
  },
  "in an invoke's argument": () => ({
    read: pulumi.runtime.invokeOutput("kubernetes:yaml:decode", { text: missing() }),
  }),
  "in an output of the stack": () => ({ value: missing() }),
  "while the program waits for what comes of it": async () => {
    const id = new random.RandomId("id", { byteLength: 4, keepers: { missing: missing() } });
    await new Promise((resolve) => id.hex.apply(resolve));
  },
};

it.each(Object.entries(programs))("ends with its message, said once, when an apply throws %s", async (_, program) => {
  const { operation, outcome } = failure(await update(program));
  expect(operation).toBe("preview");
  expect(outcome.errors).toEqual(["the fact is missing"]);
});

it("ends an update as well, when only then the value is known that the apply throws for", async () => {
  const { operation, outcome } = failure(
    await update(() => {
      const id = new random.RandomId("id", { byteLength: 4 });
      const missingThen = id.hex.apply(missing);
      new random.RandomId("after", { byteLength: 4, keepers: { missingThen } });
    }),
  );
  expect(operation).toBe("up");
  expect(outcome.errors.join("\n")).toContain("the fact is missing");
});

it("ends the same process's next run by itself: what failed before is over", async () => {
  let fails = true;
  const program: Body = () => {
    new random.RandomId("id", { byteLength: 4, keepers: fails ? { missing: missing() } : {} });
  };
  expect(failure(await update(program)).operation).toBe("preview");
  await rehearsal?.close();
  fails = false;
  // The stack, its provider, and what failed before.
  expect(await update(program)).toMatchObject({ up: { errors: [], changes: { create: 3 } } });
});

it("does not end the process when something of a failed program rejects later", async () => {
  let rejectLate = (_: Error): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    rejectLate = reject;
  });
  failure(
    await update(() => {
      pulumi.output(late);
      missing();
    }),
  );
  // Vitest reports what reaches the process as an error of the run; here nobody but the rehearsal is to hear of it.
  const others = process.listeners("unhandledRejection").filter(({ name }) => name !== "onLateRejection");
  for (const listener of others) process.off("unhandledRejection", listener);
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): unknown => uncaught.push(error);
  process.prependOnceListener("uncaughtException", onUncaught);
  try {
    rejectLate(new Error("too late to matter"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(uncaught).toEqual([]);
  } finally {
    process.off("uncaughtException", onUncaught);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
});
