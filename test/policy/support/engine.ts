import { mkdtempSync, rmSync, mkdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type EngineEvent, type PulumiFn } from "@pulumi/pulumi/automation";
import { silent } from "../../../src/rehearsal/progress";
import { policyAnalyzerDir, resolveTools } from "../../../src/rehearsal/tools";
import { startProvider } from "./provider";

/** What the engine said of one policy. */
export interface PolicyEvent {
  readonly policy: string;
  readonly level: string;
  readonly severity: string | undefined;
  readonly urn: string | undefined;
  readonly message: string;
}

export interface EngineRun {
  readonly succeeded: boolean;
  readonly policies: readonly PolicyEvent[];
  /** Names of the resources that the provider was asked to make, not counting previews. */
  readonly created: readonly string[];
  readonly output: string;
}

export interface EngineOptions {
  readonly operation?: "preview" | "up";
  /** @default "development" */
  readonly stack?: string;
  /** @default this repository's pack */
  readonly pack?: string;
  /** The pack's configuration, as a file would have it. */
  readonly packConfig?: string;
}

export const ourPack = join(__dirname, "..", "..", "..", "policies");

/** Runs a program with the real engine, a policy pack, and a provider that makes whatever it is asked for. */
export const runEngine = async (program: PulumiFn, options: EngineOptions = {}): Promise<EngineRun> => {
  const { pulumi } = await resolveTools(["pulumi"], silent);
  const folder = mkdtempSync(join(tmpdir(), "holdfast-policy-"));
  const provider = await startProvider();
  try {
    const installation = join(folder, "installation", "bin");
    mkdirSync(installation, { recursive: true });
    symlinkSync(pulumi.path, join(installation, "pulumi"));
    const workspace = await LocalWorkspace.createOrSelectStack(
      { stackName: options.stack ?? "development", projectName: "policies", program },
      {
        workDir: folder,
        pulumiHome: join(folder, "home"),
        pulumiCommand: await PulumiCommand.get({ root: join(folder, "installation") }),
        projectSettings: { name: "policies", runtime: "nodejs", backend: { url: `file://${folder}` } },
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DEBUG_PROVIDERS: `kubernetes:${provider.port},random:${provider.port}`,
          PATH: `${policyAnalyzerDir}:${process.env["PATH"] ?? ""}`,
        },
      },
    );
    const policies: PolicyEvent[] = [];
    let output = "";
    const common = {
      policyPacks: [options.pack ?? ourPack],
      ...(options.packConfig === undefined ? {} : { policyPackConfigs: [options.packConfig] }),
      color: "never" as const,
      onOutput: (text: string) => (output += text),
      onEvent: (event: EngineEvent) => policies.push(...policyEventsOf(event)),
    };
    const succeeded = await (options.operation === "up" ? workspace.up(common) : workspace.preview(common)).then(
      () => true,
      (error: unknown) => {
        output += error instanceof Error ? error.message : String(error);
        return false;
      },
    );
    return { succeeded, policies, created: provider.created, output };
  } finally {
    provider.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const policyEventsOf = ({ policyEvent }: EngineEvent): readonly PolicyEvent[] => {
  if (policyEvent === undefined) return [];
  const { policyName, enforcementLevel, resourceUrn, message } = policyEvent;
  const severity = (policyEvent as { readonly severity?: string }).severity;
  return [{ policy: policyName, level: enforcementLevel, severity, urn: resourceUrn, message: withoutColour(message) }];
};

/** The engine leaves its colour marks in what it hands to programs. */
const withoutColour = (text: string): string => text.replace(/<\{%[^%]*%\}>/g, "").trim();
