/** Runs a command. What it throws is shown as GitHub shows errors, as its message alone, and makes the step fail. */
export const runMain = (main: () => void | Promise<void>): void => {
  Promise.resolve()
    .then(main)
    .catch((error: unknown) => {
      console.error(`::error::${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    });
};
