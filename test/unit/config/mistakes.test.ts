import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { alone, plants } from "./planted-mistakes";
import { paths, read, set, shipped } from "./stack-files";

describe("a stack file with mistakes", () => {
  it.each([...plants, ...alone])("is told of $at: $says", ({ at, says, plant }) => {
    const draft = shipped("production");
    plant(draft);
    const file = read(draft);
    if (file.ok) throw new Error("the mistake was not found");
    const found = file.mistakes.filter(({ path }) => path === at);
    expect(found.map((mistake) => `${mistake.found}\n${mistake.help}`).join()).toMatch(says);
    expect(file.report).toContain(at);
  });

  it("is told of all of them at once, whichever they are", () => {
    fc.assert(
      fc.property(fc.subarray([...plants], { minLength: 2 }), (chosen) => {
        const draft = shipped("production");
        // A list is filled to the last item that a plant sets, so that its index is what the plant says.
        for (const { plant } of plants.filter((p) => chosen.includes(p) || p.at.includes(".ipv4["))) plant(draft);
        expect(paths(read(draft))).toEqual(expect.arrayContaining(chosen.map(({ at }) => at)));
      }),
      { numRuns: 60 },
    );
  });

  it("is told in the form that the documentation shows", () => {
    const draft = shipped("staging");
    set(draft, ["config", "holdfast:nodePools", "gpu"], { plan: "g1-gpu-rtx6000-1", count: 2 });
    set(draft, ["config", "holdfast:apps", "api-roter"], {});
    const file = read(draft, "staging");
    expect(file.ok ? "" : file.report.replace(/^.*Pulumi/, "Pulumi")).toBe(
      [
        "Pulumi.staging.yaml: 2 mistakes",
        "",
        "  holdfast:nodePools.gpu.plan    g1-gpu-rtx6000-1",
        "    LKE cannot run the Quadro RTX 6000 plans. Its RTX 6000 class is g3-gpu-rtxpro6000-blackwell-1 (or -2, -4).",
        "  holdfast:apps.api-roter        no such service",
        "    Did you mean api-router? Known: analytics, api-router, backend, federated-coordinator, user-org, vllm, web.",
        "",
      ].join("\n"),
    );
  });

  it("is told where the text is not YAML", () => {
    expect(paths(read("config:\n  holdfast:cloud: linode\n holdfast:region: fr-par\n"))).toEqual(["line 3, column 1"]);
    expect(paths(read("config:\n\tholdfast:cloud: linode\n"))).toContain("line 2, column 1");
  });

  it("is told which key stands twice, and where", () => {
    const file = read("config:\n  holdfast:cloud: linode\n  holdfast:cloud: linode\n");
    expect(file.ok || file.mistakes[0]).toMatchObject({ path: "line 3, column 3", found: "holdfast:cloud, again" });
  });

  it("needs a tier where the stack's name is none", () => {
    expect(paths(read(shipped("production"), "europe"))).toContain("holdfast:tier");
    const named = shipped("production");
    set(named, ["config", "holdfast:tier"], "production");
    expect(paths(read(named, "europe"))).toEqual([]);
  });

  it("refuses a tier that a stack's name belies, which would take production's guards away", () => {
    const draft = shipped("production");
    set(draft, ["config", "holdfast:tier"], "development");
    expect(paths(read(draft, "production"))).toEqual(["holdfast:tier"]);
  });

  it.each(["Prod", "a-name-of-more-than-twenty", "9th", "dot.ted"])("refuses the stack name %s", (stack) => {
    const draft = shipped("production");
    set(draft, ["config", "holdfast:tier"], "production");
    expect(paths(read(draft, stack))).toEqual(["stack name"]);
  });
});
