import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  LocalWorkspace,
  PulumiCommand,
  type LocalWorkspaceOptions,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import type { Places } from "./places";
import { officialPlugins } from "../official-plugins";
import { endingProgram } from "./program";
import { copyStackFile, projectSettings } from "./project";
import { restoreTornState, stateFile } from "./state-file";

export interface StackOptions {
  /** The checkout that holds Pulumi.yaml. */
  readonly repository: string;
  /** The folder that holds the stack files. */
  readonly stackFiles: string;
  readonly places: Places;
  /** Values of secrets for which a stand-in won't do, by path. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly stack: string;
  readonly program: PulumiFn;
  /** The engine's executables by the name that they must have on PATH. */
  readonly executables: Readonly<Record<string, string>>;
  /** What tells the engine which providers are stand-ins. */
  readonly providerEnvironment: Readonly<Record<string, string>>;
  /** Whether nobody will go on from here if the run is killed. */
  readonly throwaway: boolean;
}

/**
 * A stack as the engine sees it: the project's own settings and stack file, in a project folder, state and home of the
 * rehearsal's own. Opened a second time in the same places, it goes on where it was.
 */
export const openStack = async (options: StackOptions): Promise<Stack> => {
  const { places, stack: stackName } = options;
  linkEngine(places, options.executables);
  const secrets = copyStackFile(options.stackFiles, places, stackName);
  const settings = projectSettings(options.repository, places);
  const state = stateFile(places, settings.name, stackName);
  restoreTornState(state);
  const args = { stackName, projectName: settings.name, program: endingProgram(options.program) };
  const workspace: LocalWorkspaceOptions = {
    workDir: places.project,
    projectSettings: settings,
    pulumiCommand: await PulumiCommand.get({ root: places.home }),
    pulumiHome: places.home,
    envVars: {
      ...options.providerEnvironment,
      // The rehearsal's state lives below a folder that only its owner can read, and holds generated values alone.
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
      ...(options.throwaway ? stateAtTheEndOnly : {}),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
  // Known here, so that the engine need not be asked for a stack that isn't there.
  const stack = await (existsSync(state)
    ? LocalWorkspace.selectStack(args, workspace)
    : LocalWorkspace.createStack(args, workspace));
  if (secrets.length > 0) {
    await stack.setAllConfig(
      Object.fromEntries(
        secrets.map((path) => [path, { value: options.secrets?.[path] ?? standInSecret(path), secret: true }]),
      ),
      true,
    );
  }
  return stack;
};

/**
 * The engine writes the whole state before and after every step, which takes about half of an update's time. It is what a
 * killed run is put right from; without that need, the state at the end will do.
 */
const stateAtTheEndOnly = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** A value for a secret that the rehearsal can't read: the same at every run, so that a second update changes nothing. */
const standInSecret = (path: string): string => createHash("sha256").update(`stand-in:${path}`).digest("base64url");

/** Puts the engine, what it starts, and the official plugins that are installed where the engine is told to live. */
export const linkEngine = (places: Places, executables: Readonly<Record<string, string>>): void => {
  linkExecutables(places, executables);
  linkOfficialPlugins(places);
};

/** The Automation API takes an installation's folder, with the engine and what it starts in `bin`. */
const linkExecutables = (places: Places, executables: Readonly<Record<string, string>>): void => {
  mkdirSync(join(places.home, "bin"), { recursive: true });
  for (const [name, target] of Object.entries(executables)) link(target, join(places.home, "bin", name));
};

/** Official provider plugins are looked for in PULUMI_HOME, which is the rehearsal's own: lend it the user's. */
const linkOfficialPlugins = (places: Places): void => {
  if (existsSync(officialPlugins())) link(officialPlugins(), join(places.home, "plugins"));
};

const link = (target: string, at: string): void => {
  if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) rmSync(at, { recursive: true });
  symlinkSync(target, at);
};
