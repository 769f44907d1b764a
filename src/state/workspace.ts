import { existsSync } from "node:fs";
import {
  LocalWorkspace,
  PulumiCommand,
  type LocalWorkspaceOptions,
  type ProjectSettings,
  type Stack,
} from "@pulumi/pulumi/automation";
import type { Places } from "../rehearsal/engine/places";
import { linkEngine } from "../rehearsal/engine/stack";
import { restoreTornState, stateFile } from "../rehearsal/engine/state-file";
import { executables } from "../rehearsal/rehearsal";
import type { ResolvedTool } from "../rehearsal/tools";
import { stackName } from "./places";
import { stateHomeProgram } from "./program";
import type { StateHomeRequest } from "./request";

export interface StateStackOptions {
  readonly request: StateHomeRequest;
  readonly places: Places;
  readonly pulumi: ResolvedTool;
  /** What the engine finds in its environment besides the caller's own. */
  readonly environment: Readonly<Record<string, string>>;
}

const project = "holdfast-state-home";

/** The state home's own stack: its state lies in a folder, since the place for state is only being made. */
export const openStateStack = async ({ request, places, pulumi, environment }: StateStackOptions): Promise<Stack> => {
  linkEngine(places, executables(pulumi));
  const name = stackName(request);
  const state = stateFile(places, project, name);
  restoreTornState(state);
  const args = { stackName: name, projectName: project, program: stateHomeProgram(request) };
  const workspace: LocalWorkspaceOptions = {
    workDir: places.project,
    projectSettings: settings(places),
    pulumiCommand: await PulumiCommand.get({ root: places.home }),
    pulumiHome: places.home,
    envVars: { PULUMI_SKIP_UPDATE_CHECK: "true", ...environment },
  };
  return existsSync(state) ? LocalWorkspace.selectStack(args, workspace) : LocalWorkspace.createStack(args, workspace);
};

const settings = (places: Places): ProjectSettings => ({
  name: project,
  description: "Where Pulumi's state of all stacks lives, and what encrypts their secrets",
  runtime: "nodejs",
  backend: { url: `file://${places.state}` },
  // The SDK's type still says that this is a folder's name, as it once was.
  config: explicitProvidersOnly as unknown as string,
});

/** Nothing may land in whatever account the shell happens to point at. */
const explicitProvidersOnly = {
  "pulumi:disable-default-providers": { value: ["linode", "aws", "azure-native"] },
};
