import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runEngine, type EngineRun } from "./support/engine";
import { goodImage, guardedNamespace, program, unknownString, web, Wrapper } from "./support/programs";

const folder = mkdtempSync(join(tmpdir(), "holdfast-policy-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const packConfig = (name: string, config: object): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
};

const said = ({ policies }: EngineRun): readonly string[] => policies.map(({ level, policy }) => `${level} ${policy}`);

describe("the pack, run by the engine", () => {
  it("lets pass what meets every rule, and says nothing", async () => {
    const good = () => {
      guardedNamespace("frontend");
      web({ image: goodImage });
    };
    const run = await runEngine(program(good), { operation: "up", stack: "production" });
    expect([run.succeeded, run.policies], run.output).toEqual([true, []]);
    expect(run.created).toContain("web");
  });

  it("stops a privileged deployment at preview although its image is unknown", async () => {
    const run = await runEngine(program(() => web({ image: unknownString(), privileged: true })));
    expect(run.succeeded).toBe(false);
    expect(run.created).toEqual([]);
    expect(said(run)).toEqual(["mandatory forbid-privileged", "advisory forbid-latest-image"]);
    expect(run.policies[0]).toMatchObject({
      severity: "critical",
      urn: "urn:pulumi:development::policies::kubernetes:apps/v1:Deployment::web",
      message: [
        "Deployment web in frontend   spec.template.spec.containers[nginx].securityContext.privileged",
        "found true, wanted false: a privileged container is root on its node.",
        "Fix: securityContext: { privileged: false }   more: policies/README.md#forbid-privileged",
      ].join("\n"),
    });
  });

  it("decides during the update what it could not before, and then stops it", async () => {
    const unknownImage = program(() => web({ image: unknownString() }));
    const preview = await runEngine(unknownImage);
    expect([preview.succeeded, said(preview)], preview.output).toEqual([true, ["advisory forbid-latest-image"]]);
    const up = await runEngine(unknownImage, { operation: "up" });
    expect([up.succeeded, said(up), up.created]).toEqual([false, ["mandatory forbid-latest-image"], ["made"]]);
  });

  it("judges what a component makes, as a chart's objects are", async () => {
    const run = await runEngine(
      program(() => web({ image: goodImage, privileged: true, parent: new Wrapper("chart") })),
    );
    expect(run.policies.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:development::policies::test:index:Wrapper$kubernetes:apps/v1:Deployment::web",
    ]);
  });

  it("stops the preview of a stack with an unguarded namespace", async () => {
    const { Namespace } = (await import("@pulumi/kubernetes")).core.v1;
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    const run = await runEngine(program(() => new Namespace("data", { metadata: { name: "data", labels } })));
    expect([run.succeeded, said(run), run.created]).toEqual([
      false,
      [
        "mandatory require-namespace-quota",
        "mandatory require-namespace-limit-range",
        "mandatory require-default-deny",
        "mandatory require-default-deny",
      ],
      [],
    ]);
  });

  it("weighs by the stack's name, and by the pack's configuration", async () => {
    const tagged = program(() => web({ image: "registry.example/web:1" }));
    const levels = async (stack: string, config?: string) =>
      said(await runEngine(tagged, { stack, ...(config === undefined ? {} : { packConfig: config }) }));
    expect(await levels("development")).toEqual([]);
    expect(await levels("staging")).toEqual(["advisory require-image-digest"]);
    expect(await levels("production")).toEqual(["mandatory require-image-digest"]);
    const asProduction = packConfig("as-production", { "require-image-digest": { environment: "production" } });
    expect(await levels("development", asProduction)).toEqual(["mandatory require-image-digest"]);
    const advisory = packConfig("advisory", { "require-image-digest": "advisory" });
    expect(await levels("production", advisory)).toEqual(["advisory require-image-digest"]);
  });

  it("refuses a configuration that its settings' schema does not know", async () => {
    const wrong = packConfig("wrong", { "require-image-digest": { environment: "moon" } });
    const run = await runEngine(
      program(() => undefined),
      { packConfig: wrong },
    );
    expect(run.succeeded).toBe(false);
    expect(run.output).toContain("require-image-digest: environment");
  });

  it("fails the run, with its name, where a rule has a fault", async () => {
    const pack = join(__dirname, "packs", "throwing");
    const run = await runEngine(
      program(() => web({ image: goodImage })),
      { pack },
    );
    expect([run.succeeded, run.created]).toEqual([false, []]);
    expect(run.output).toContain("policy 'faulty-rule' from policy pack 'throwing@v0.1.0'");
  });
});
