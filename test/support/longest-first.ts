import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more, the longest first. */
const long = [
  "test/engine/lifecycle.test.ts",
  "test/rehearsal/production.test.ts",
  "test/rehearsal/command.test.ts",
  "test/rehearsal/stacks.test.ts",
  "test/rehearsal/control-plane.test.ts",
];

/**
 * Starts the long files first, so that none is left to run alone at the end while the other worker is idle. Vitest does so by
 * itself from what it remembers of the last run; where it remembers none, as in CI, it goes by a file's size, and the longest
 * ones are small.
 */
export class LongestFirst extends BaseSequencer {
  public override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex((file) => moduleId.endsWith(file));
      return at === -1 ? long.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
