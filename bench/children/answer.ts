/** What the bench told this process to measure. */
export const task = (): unknown => JSON.parse(process.argv[2] ?? "");

/** Hands a measurement to the bench. */
export const answer = (result: unknown): void => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
};

/** Runs a measurement; what fails, fails the bench with its reason. */
export const measure = (run: () => Promise<void>): void => {
  run().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
};
