import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { silent } from "../../src/rehearsal/progress";
import { rehearseReal, type RealOptions } from "../../src/rehearsal/real";
import { checkout, repository, scratch } from "../support/rehearsal";

let folder: ReturnType<typeof scratch>;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => {
  folder.remove();
});

const rehearse = (stack: string, options: Partial<RealOptions> = {}) =>
  rehearseReal({
    repository,
    root: join(folder.path, "rehearsal"),
    stack,
    keep: false,
    signal: new AbortController().signal,
    progress: silent,
    verbose: false,
    ...options,
  });

it("runs every pod of staging beside development's, on the cluster that they share", async () => {
  const { text, ok } = await rehearse("staging");
  expect(ok, text).toBe(true);
  expect(text).toContain("Every pod runs");
  for (const place of ["development │ baseline", "development │ gpu", "staging     │ baseline"])
    expect(text).toContain(place);
});

it("names each pod that does not run, with the scheduler's reason", async () => {
  const project = scratch();
  try {
    const { edit, path } = checkout(project.path);
    // The smallest plan, 2 GB a node, and no more nodes than there are: the autoscaler can't help.
    edit("development", ["plan: g6-standard-8", "plan: g6-standard-1"]);
    edit("development", ["max: 10", "max: 3"]);
    const { text, ok } = await rehearse("development", { repository: path, readyWithinSeconds: 20 });
    expect(ok).toBe(false);
    expect(text).toContain("Insufficient memory");
    expect(text).not.toContain("Every pod runs");
  } finally {
    project.remove();
  }
});
