import { isStateHomeName, stateHomeName } from "../../components/state";
import { describe, suggest, type Mistake } from "../config/mistake";
import { judgeRegion, regions } from "../config/regions";
import { clouds, type Cloud } from "../config/stack-config";

/** A state home that is asked for. */
export interface StateHomeRequest {
  readonly cloud: Cloud;
  readonly region: string;
  readonly name: string;
}

/** How the command was called. */
export interface StateArguments {
  readonly cloud?: string;
  readonly region?: string;
  readonly name?: string;
  /** Nothing is made, so nobody need agree and nothing need be encrypted. */
  readonly rehearse: boolean;
  /** Whoever calls has agreed to what the preview will show. */
  readonly yes: boolean;
}

/** What the command finds around it. */
export interface StateSurroundings {
  /** Whether a question can be asked. */
  readonly terminal: boolean;
  /** Whether there is a passphrase for the state home's own state. */
  readonly passphrase: boolean;
}

export type CheckedRequest =
  | { readonly ok: true; readonly request: StateHomeRequest; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Checks all of it before anything is made; every mistake at once. */
export const checkRequest = (args: StateArguments, around: StateSurroundings): CheckedRequest => {
  const mistakes: Mistake[] = [];
  const warnings: string[] = [];
  const cloud = clouds.find((one) => one === args.cloud);
  if (cloud === undefined) {
    const help = args.cloud === undefined ? `One of ${clouds.join(", ")}.` : suggest(args.cloud, clouds);
    mistakes.push({ path: "--cloud", found: describe(args.cloud), help });
  }
  const verdict = judgeRegion(args.region ?? "", cloud === undefined ? clouds : [cloud]);
  if (args.region === undefined || args.region === "") {
    const example = regions[cloud ?? "linode"].default;
    mistakes.push({
      path: "--region",
      found: describe(args.region),
      help: `The cloud's own name, such as ${example}.`,
    });
  } else if (verdict.kind === "wrong") {
    mistakes.push({ path: "--region", found: describe(args.region), help: verdict.help });
  } else if (verdict.kind === "doubtful") {
    warnings.push(`--region ${args.region}: ${verdict.help}`);
  }
  if (args.name === undefined || !isStateHomeName(args.name)) {
    const help = `Your company's short name: ${stateHomeName.allowed}.`;
    mistakes.push({ path: "--name", found: describe(args.name), help });
  }
  if (!args.rehearse) mistakes.push(...wantedForReal(args, around));
  const { region, name } = args;
  if (mistakes.length > 0 || cloud === undefined || region === undefined || name === undefined) {
    return { ok: false, mistakes };
  }
  return { ok: true, request: { cloud, region, name }, warnings };
};

const wantedForReal = ({ yes }: StateArguments, { terminal, passphrase }: StateSurroundings): Mistake[] => [
  ...(passphrase
    ? []
    : [
        {
          path: "PULUMI_CONFIG_PASSPHRASE",
          found: "missing",
          help: "It encrypts what the command writes down of the state home; set it (or PULUMI_CONFIG_PASSPHRASE_FILE), and keep it.",
        },
      ]),
  ...(yes || terminal
    ? []
    : [
        {
          path: "--yes",
          found: "missing, and no terminal to ask on",
          help: "Look at the changes on a terminal first, or with --rehearse; then agree to them with --yes.",
        },
      ]),
];
