import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";

/** The parts of a workflow, or of a composite action, that the tests look at. */
export interface Workflow {
  readonly on?: unknown;
  readonly permissions?: Permissions;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps: readonly Step[] };
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly run?: string;
}

export type Permissions = string | Readonly<Record<string, string>>;

export interface WorkflowFile {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
  readonly content: Workflow;
}

export const repository = dirname(dirname(__dirname));

/** Every workflow and composite action; tests that walk these hold for the ones that are added later. */
export const pipelineFiles = (): readonly WorkflowFile[] =>
  readdirSync(join(repository, ".github"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(workflows|actions)/.test(entry.parentPath) && /\.ya?ml$/.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, "utf8");
      return { path: relative(repository, file), text, content: parse(text) as Workflow };
    });

export const workflow = (name: string): Workflow => {
  const found = pipelineFiles().find(({ path }) => path === `.github/workflows/${name}.yml`);
  if (found === undefined) throw new Error(`no workflow ${name}`);
  return found.content;
};

export const job = (name: string, inWorkflow: Workflow): Job => {
  const found = inWorkflow.jobs?.[name];
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
};

/** All jobs that a job waits for, its own and theirs. */
export const waitsFor = (name: string, { jobs = {} }: Workflow): ReadonlySet<string> => {
  const direct = [jobs[name]?.needs ?? []].flat();
  return new Set([...direct, ...direct.flatMap((other) => [...waitsFor(other, { jobs })])]);
};
