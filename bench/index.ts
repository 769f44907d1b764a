import { Command, InvalidArgumentError } from "commander";
import { runToEnd } from "../src/cli/run-to-end";
import type { Report } from "../src/rehearsal/rehearse-chain";
import type { Progress } from "../src/rehearsal/progress";
import { resolveTools } from "../src/rehearsal/tools";
import { describeMachine } from "./machine";
import { sections } from "./sections";
import { isMet, verdict, type Target } from "./targets";

interface Options {
  readonly runs: number;
  readonly only?: string;
  readonly fail: boolean;
}

const bench = async (options: Options, signal: AbortSignal, progress: Progress): Promise<Report> => {
  const { pulumi } = await resolveTools(["pulumi"], progress);
  const machine = describeMachine(pulumi);
  const parts: string[] = [machine];
  const targets: Target[] = [];
  for (const section of sections.filter(({ name }) => options.only === undefined || name === options.only)) {
    const phase = progress.phase(section.title);
    try {
      const found = await section.measure({ runs: options.runs, signal, progress: phase });
      phase.done();
      parts.push(`${section.title}\n\n${found.text}`);
      targets.push(...found.targets);
    } catch (error) {
      phase.failed();
      throw error;
    }
  }
  const missed = targets.filter((target) => !isMet(target));
  parts.push(missed.length === 0 ? `${targets.length} targets met` : missed.map(describeMiss).join("\n"));
  return { text: parts.join("\n\n"), ok: missed.length === 0 || !options.fail };
};

const describeMiss = (target: Target): string => `Target missed: ${target.name} ${verdict(target)}`;

const positive = (text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("Wanted a whole number above 0.");
};

const known = sections.map(({ name }) => name);

const section = (name: string): string => {
  if (known.includes(name)) return name;
  throw new InvalidArgumentError(`Known: ${known.join(", ")}.`);
};

void new Command("bench")
  .description("measure the platform's previews against the engine's own, and against a peer")
  .option("--runs <number>", "turns that medians are taken of", positive, 3)
  .option("--only <section>", `one of: ${known.join(", ")}`, section)
  .option("--no-fail", "exit with 0 when a target is missed too")
  .action((options: Options) => runToEnd((signal, progress) => bench(options, signal, progress)))
  .parseAsync();
