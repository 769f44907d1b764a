import { tmpdir } from "node:os";
import { parseAllDocuments, type Tags } from "yaml";
import type { TemplateOptions } from "../../../components/charts/template-call";
import { runCommand } from "./command";

/** Milliseconds; the largest charts take about 5 s. */
const renderWithin = 60_000;

/**
 * What the Kubernetes provider's own renderer yields: definitions and hooks included, tests not.
 * @throws Error with what Helm said
 */
export const template = async (
  helm: string,
  archive: string,
  options: TemplateOptions,
): Promise<readonly unknown[]> => {
  const args = [
    "template",
    options.release_name,
    archive,
    ...["--namespace", options.namespace],
    ...["--kube-version", options.kube_version],
    ...(options.skip_crd_rendering ? [] : ["--include-crds"]),
    "--skip-tests",
    ...["--values", "-"],
  ];
  const input = JSON.stringify(options.values);
  const { stdout, failure } = await runCommand(helm, args, { cwd: tmpdir(), timeout: renderWithin, input });
  if (failure !== undefined) throw new Error(failure);
  return objectsIn(stdout);
};

/** The documents of a YAML text, read as Kubernetes' own tools read it; empty ones, which templates leave, are none. */
export const objectsIn = (text: string): readonly unknown[] =>
  parseAllDocuments(text, { schema: "yaml-1.1", customTags: asGoReads, uniqueKeys: false, logLevel: "silent" })
    .map((document) => {
      const [mistake] = document.errors;
      if (mistake !== undefined) throw new Error(`Helm rendered what is no YAML: ${mistake.message}`);
      return document.toJS() as unknown;
    })
    .filter((object) => object !== null && object !== undefined);

/** A YAML 1.1 with octal numbers and `yes`, but where a time is a text, and so is `1:30`. */
const asGoReads = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === "string" || !("tag" in tag) || !isTime(tag.tag, "format" in tag && tag.format));

const isTime = (tag: string, format: unknown): boolean => tag === "tag:yaml.org,2002:timestamp" || format === "TIME";
