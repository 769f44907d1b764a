/**
 * Leaves stack traces to Node, in the process that plain `pulumi` starts for the program.
 *
 * There Pulumi's SDK puts a mapper of its own, by which its own frames read `node_modules/@pulumi/output.ts`. Up to some
 * releases Node goes round for ever at such a path when it paints an error, as the SDK asks it to, until no string can be
 * longer: a preview with an `apply` that throws then takes minutes and 4 GB. Our own files are still told by their own
 * lines, as tsx has Node map them.
 *
 * @see https://github.com/nodejs/node/issues/64011
 */
export const leaveStackTracesToNode = (): void => {
  const main = require.main?.filename ?? "";
  // Rehearsals and tests run the program in a process of theirs, whose traces are not ours to change.
  if (/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]/.test(main))
    delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
};
