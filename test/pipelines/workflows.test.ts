import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { silent } from "../../src/rehearsal/progress";
import { ensureTools } from "../../src/rehearsal/tools";
import { commentMarker } from "../../tools/ci/comment";
import { stacksIn } from "../../tools/ci/stacks";
import { job, pipelineFiles, repository, waitsFor, workflow, type Job } from "./workflow-files";

const files = pipelineFiles();
const jobs = files.flatMap(({ path, content }) =>
  Object.entries(content.jobs ?? {}).map(([name, content_]) => ({ place: `${path}, job ${name}`, job: content_ })),
);
const linesWith = (pattern: RegExp): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .filter((line) => !line.trimStart().startsWith("#") && pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

describe("every workflow", () => {
  it("passes actionlint", async () => {
    const { actionlint } = await ensureTools(["actionlint"], silent);
    // Named one by one: by itself it looks for them only in a git checkout, and the tests run in an unpacked archive as well.
    const workflows = files.filter(({ content }) => content.jobs !== undefined).map(({ path }) => path);
    const { stdout, stderr, status } = spawnSync(actionlint, ["-color=false", ...workflows], {
      cwd: repository,
      encoding: "utf8",
    });
    expect(`${stdout}${stderr}`).toBe("");
    expect(status).toBe(0);
  });

  it("pins each action by its commit, and says which version that is", () => {
    const used = linesWith(/\buses:/);
    expect(used.length).toBeGreaterThan(10);
    const local = /uses: \.\/\.github\/(workflows|actions)\/\S+$/;
    const pinned = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(used.filter((line) => !local.test(line) && !pinned.test(line))).toEqual([]);
  });

  it("pins one action to one commit everywhere", () => {
    const pins = linesWith(/uses: [^.]/).map((line) => line.replace(/^.*uses: /, ""));
    const actions = new Set(pins.map((pin) => pin.replace(/@.*/, "")));
    expect(new Set(pins).size).toBe(actions.size);
  });

  it("never runs a pull request's code with the base branch's access", () => {
    expect(linesWith(/pull_request_target|workflow_run/)).toEqual([]);
  });

  it("gives nothing by default, and each job what it names", () => {
    expect(
      files.filter(({ content }) => content.jobs !== undefined && JSON.stringify(content.permissions) !== "{}"),
    ).toEqual([]);
    expect(
      jobs.filter(({ job: { permissions } }) => typeof permissions !== "object").map(({ place }) => place),
    ).toEqual([]);
  });

  it("writes to the repository and to pull requests from one job each", () => {
    const steps = jobs.filter(({ job: { uses } }) => uses === undefined);
    const writing = (scope: string): readonly string[] =>
      steps
        .filter(({ job: { permissions = {} } }) => typeof permissions === "object" && permissions[scope] === "write")
        .map(({ place }) => place);
    expect(writing("contents")).toEqual([".github/workflows/deploy-stack.yml, job audit"]);
    expect(writing("pull-requests")).toEqual([".github/workflows/pull-request.yml, job comment"]);
    expect(writing("id-token")).toEqual([
      ".github/workflows/deploy-stack.yml, job deploy",
      ".github/workflows/preview.yml, job preview",
    ]);
  });

  it("reads no stored secret, so that there is no long-lived key to leak", () => {
    expect(
      linesWith(/\bsecrets\b\s*[.[:]|AWS_ACCESS_KEY|AWS_SECRET|LINODE_TOKEN|ARM_CLIENT_SECRET|AZURE_CREDENTIALS/),
    ).toEqual([]);
    expect(linesWith(/PULUMI_ACCESS_TOKEN|PULUMI_CONFIG_PASSPHRASE/)).toEqual([]);
  });

  it("leaves no token behind in a checkout", () => {
    const checkouts = jobs.flatMap(({ place, job: { steps = [] } }) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")).map((step) => ({ place, with: step.with })),
    );
    expect(checkouts.length).toBeGreaterThan(3);
    expect(checkouts.filter((checkout) => String(checkout.with?.["persist-credentials"]) !== "false")).toEqual([]);
  });

  it("puts nothing that a stranger can choose into a shell", () => {
    const scripts = files.flatMap(({ content }) => [
      ...(content.runs?.steps ?? []),
      ...Object.values(content.jobs ?? {}).flatMap(({ steps = [] }) => steps),
    ]);
    expect(scripts.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });
});

describe("the policy pack's gate", () => {
  const commands = files
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, "").split("\n"))
    .filter((line) => /\bpulumi (up|update|preview|destroy|refresh)\b/.test(line) && !line.trimStart().startsWith("#"));

  it("stands before every update and every preview", () => {
    expect(commands.map((line) => /pulumi (\w+) /.exec(line.replace("pulumi env run", ""))?.[1])).toEqual([
      "up",
      "preview",
    ]);
    expect(commands.filter((line) => !line.includes("--policy-pack policies"))).toEqual([]);
  });

  it("is never skipped, nor left to an action that skips it", () => {
    expect(linesWith(/--skip-preview|-f\b.*pulumi up/)).toEqual([]);
    expect(linesWith(/^\s+command: /)).toEqual([]);
  });

  it("runs on the engine that the project is tested with", () => {
    const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect(linesWith(/pulumi-version: /)).toEqual([
      `.github/actions/prepare/action.yml: pulumi-version: ${dependencies["@pulumi/pulumi"] ?? "?"}`,
    ]);
  });
});

describe("a pull request", () => {
  const pullRequest = workflow("pull-request");

  it("previews every stack that has a stack file", () => {
    expect(job("preview", pullRequest).strategy?.matrix["stack"]).toEqual(stacksIn(repository));
  });

  it("from a fork runs the tests, has no preview, and says so", () => {
    const isOurs = "github.event.pull_request.head.repo.full_name == github.repository";
    expect(job("preview", pullRequest).if).toContain(isOurs);
    expect(job("no-preview", pullRequest).if).toContain(isOurs.replace("==", "!="));
    expect(job("test", pullRequest).if).toBeUndefined();
  });

  it("has one check that stands for all of its jobs", () => {
    const others = Object.keys(pullRequest.jobs ?? {}).filter((name) => name !== "verdict");
    expect([job("verdict", pullRequest).needs].flat()).toEqual(expect.arrayContaining(others));
    expect(job("verdict", pullRequest).if).toBe("always()");
  });

  it("finds its earlier comment by the line that a comment begins with", () => {
    const commands = job("comment", pullRequest)
      .steps?.map(({ run }) => run ?? "")
      .join("\n");
    expect(commands).toContain(`startswith("${commentMarker}")`);
  });
});

describe("a deployment", () => {
  const deploy = workflow("deploy");
  const stages = Object.entries(deploy.jobs ?? {}).filter(([, { uses }]) => uses?.endsWith("/deploy-stack.yml"));
  const deployStack = workflow("deploy-stack");
  const stepIndex = (where: Job, pattern: RegExp): number =>
    where.steps?.findIndex((step) => pattern.test(`${step.run ?? ""} ${step.uses ?? ""}`)) ?? -1;

  it("begins with the tests and goes through every stack in order, each waiting for the one before", () => {
    expect(stages.map(([name]) => name)).toEqual(stacksIn(repository));
    expect(stages.filter(([name, stage]) => stage.with?.["stack"] !== name)).toEqual([]);
    for (const [index, [name]] of stages.entries()) {
      expect([...waitsFor(name, deploy)]).toEqual(
        expect.arrayContaining(["test", ...stages.slice(0, index).map(([n]) => n)]),
      );
    }
    // With a condition of its own a stage could run although the one before has failed.
    expect(Object.entries(deploy.jobs ?? {}).filter(([, stage]) => stage.if !== undefined)).toEqual([]);
  });

  it("of production waits for two approvals, on a preview, after staging", () => {
    const production = job("production", deploy);
    const environments = production.with?.["approval-environments"]?.split(" ") ?? [];
    const gate = job("production-first-approval", deploy);
    expect(environments).toEqual([gate.environment, "production"]);
    expect([...waitsFor("production", deploy)]).toContain("production-first-approval");
    expect([...waitsFor("production-first-approval", deploy)]).toEqual(
      expect.arrayContaining(["staging", "production-preview"]),
    );
    expect(job("deploy", deployStack).environment).toBe("${{ inputs.stack }}");
  });

  it("counts the approvals before it logs in anywhere", () => {
    const run = job("deploy", deployStack);
    const counted = stepIndex(run, /require-approvals\.ts/);
    expect(counted).toBeGreaterThan(-1);
    expect(stepIndex(run, /auth-actions/)).toBeGreaterThan(counted);
    expect(run.steps?.[counted]?.if).toBe("inputs.approval-environments != ''");
  });

  it("runs once at a time for a stack, is never cancelled by another, and ends in a smoke test", () => {
    const run = job("deploy", deployStack);
    expect(run.concurrency).toEqual({ group: "deploy-${{ inputs.stack }}", "cancel-in-progress": false });
    expect(stepIndex(run, /smoke\.ts/)).toBe((run.steps?.length ?? 0) - 1);
    expect(stepIndex(run, /pulumi up/)).toBeLessThan(stepIndex(run, /smoke\.ts/));
    expect(deploy).not.toHaveProperty("concurrency");
  });

  it("leaves a line in the audit log however it ends", () => {
    const audit = job("audit", deployStack);
    expect(audit.needs).toBe("deploy");
    expect(audit.if).toBe("always()");
    expect(stepIndex(audit, /audit\.ts/)).toBeGreaterThan(-1);
  });
});
