import { execFile } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { silent } from "../../src/rehearsal/progress";
import { policyAnalyzerDir, resolveTools } from "../../src/rehearsal/tools";
import { checkout, repository, scratch, simulated, type Checkout } from "../support/rehearsal";

/* The commands that the README gives for a real cloud, on the project's own Pulumi.yaml; only the providers are stand-ins. */

interface Result {
  readonly code: number;
  readonly said: string;
}

const inCheckout = async (
  body: (
    pulumi: (...args: readonly string[]) => Promise<Result>,
    project: Checkout,
    made: () => readonly string[],
  ) => Promise<void>,
): Promise<void> => {
  const [folder, place] = [scratch(), scratch()];
  const project = checkout(place.path);
  const rehearsal = await simulated({ root: folder.path });
  try {
    const { pulumi } = await resolveTools(["pulumi"], silent);
    const env = {
      ...process.env,
      ...rehearsal.providers.env,
      PATH: [
        dirname(pulumi.path),
        policyAnalyzerDir,
        // An official distribution brings a language host; with an engine from its Go module the tests bring theirs.
        ...(pulumi.origin === "path" ? [] : [join(repository, "test/support/language-host")]),
        process.env["PATH"] ?? "",
      ].join(delimiter),
      PULUMI_HOME: folder.path,
      PULUMI_BACKEND_URL: `file://${rehearsal.places.state}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const run = (...args: readonly string[]): Promise<Result> =>
      new Promise((resolve) => {
        const child = execFile(
          pulumi.path,
          [...args, "--non-interactive"],
          { cwd: project.path, env, maxBuffer: 2 ** 26 },
          (_error, stdout, stderr) => {
            resolve({ code: child.exitCode ?? 1, said: stdout + stderr });
          },
        );
      });
    await body(run, project, () => rehearsal.inventory.list().map(({ type }) => type));
  } finally {
    await rehearsal.close();
    folder.remove();
    place.remove();
  }
};

it("previews and brings up production as the README says, with the pack", () =>
  inCheckout(async (pulumi, _project, made) => {
    expect(await pulumi("stack", "init", "production")).toMatchObject({ code: 0 });
    const preview = await pulumi("preview", "-s", "production", "--policy-pack", "policies");
    expect(preview.code, preview.said).toBe(0);
    expect(preview.said).toMatch(/holdfast@v\d/);
    expect(made()).toEqual([]);

    const up = await pulumi("up", "-s", "production", "--policy-pack", "policies", "--yes");
    expect(up.code, up.said).toBe(0);
    expect(made()).toContain("linode:index/lkeCluster:LkeCluster");
    expect(up.said).toMatch(/kubeconfig *: \[secret\]/);
  }));

it("says a stack file's mistakes as a report, without a stack trace, and makes nothing", () =>
  inCheckout(async (pulumi, { edit }, made) => {
    edit("development", ["plan: g6-standard-8", "plan: g1-gpu-rtx6000-1"]);
    expect(await pulumi("stack", "init", "development")).toMatchObject({ code: 0 });
    const up = await pulumi("up", "-s", "development", "--policy-pack", "policies", "--yes");
    expect(up.code).not.toBe(0);
    expect(up.said).toContain("holdfast:nodePools.baseline.plan");
    expect(up.said).not.toMatch(/^\s+at .*\.(ts|js)/m);
    expect(made()).toEqual([]);
  }));

it("says which stack to bring up first, where one that joins another's cluster is previewed before it", () =>
  inCheckout(async (pulumi, _project, made) => {
    for (const stack of ["development", "staging"]) {
      expect(await pulumi("stack", "init", stack)).toMatchObject({ code: 0 });
    }
    const preview = await pulumi("preview", "-s", "staging");
    expect(preview.code).not.toBe(0);
    expect(preview.said).toMatch(/has no output "clusterId"\. Bring it up first: pulumi up -s development/);
    expect(preview.said).not.toMatch(/^\s+at .*\.(ts|js)/m);
    expect(made()).toEqual([]);
  }));
