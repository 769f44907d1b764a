import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareStacks } from "../../src/rehearsal/stack-files";
import { UserError } from "../../src/rehearsal/user-error";
import { checkout, scratch, type Checkout } from "../support/rehearsal";

let folders: { readonly checkout: ReturnType<typeof scratch>; readonly copies: ReturnType<typeof scratch> };
let project: Checkout;
beforeEach(() => {
  folders = { checkout: scratch(), copies: scratch() };
  project = checkout(folders.checkout.path);
});
afterEach(() => {
  folders.checkout.remove();
  folders.copies.remove();
});

const prepare = (stack: string, cloud?: "linode" | "aws" | "azure") =>
  prepareStacks({
    repository: project.path,
    folder: join(folders.copies.path, "stack-files"),
    stack,
    ...(cloud === undefined ? {} : { cloud }),
  });

const refusal = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("stacks to rehearse", () => {
  it("are read where they stand when they stay on their cloud: nothing is copied", () => {
    const { stackFiles, clouds, chain } = prepare("production");
    expect(stackFiles).toBe(project.path);
    expect(clouds).toEqual(["linode"]);
    expect(chain.map(({ stack }) => stack)).toEqual(["production"]);
    expect(existsSync(join(folders.copies.path, "stack-files"))).toBe(false);
  });

  it("move with the owner of the cluster that they join, and the checkout stays as it is", () => {
    const before = readdirSync(project.path);
    const { stackFiles, clouds, chain } = prepare("staging", "aws");
    expect(chain.map(({ stack, config }) => [stack, config.cloud])).toEqual([
      ["development", "aws"],
      ["staging", "aws"],
    ]);
    expect(clouds).toEqual(["aws"]);
    expect(readdirSync(stackFiles).sort()).toEqual(["Pulumi.development.yaml", "Pulumi.staging.yaml"]);
    expect(readdirSync(project.path)).toEqual(before);
    expect(prepare("staging").clouds).toEqual(["linode"]);
  });

  it("are refused by the file that the user can mend, before any copy of it is made", () => {
    project.edit("development", ["plan: g6-standard-8", "plan: g6-standard-800"]);
    const said = refusal(() => prepare("development", "azure"));
    expect(said).toContain(join(project.path, "Pulumi.development.yaml"));
    expect(said).toContain("g6-standard-800");
    expect(existsSync(join(folders.copies.path, "stack-files"))).toBe(false);
  });

  it("are refused where two could never peer, as `npm run config` says it", () => {
    project = checkout(folders.copies.path, "aws");
    const owner = prepare("production").chain[0]?.config;
    const range = owner?.cloud === "aws" ? owner.network.range : "";
    project.edit("development", [
      "  holdfast:cloud: aws",
      `  holdfast:cloud: aws\n  holdfast:network: { range: ${range} }`,
    ]);
    const said = refusal(() => prepare("staging"));
    expect(said).toContain("Pulumi.development.yaml: 1 mistake");
    expect(said).toMatch(/holdfast:network\.range .*\n.* of Pulumi\.production\.yaml/);
  });

  it("are refused with those that there are, when there is no such stack", () => {
    expect(refusal(() => prepare("prodution"))).toContain("Stacks here: development, production, staging.");
  });
});
