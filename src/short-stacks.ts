/** Frames that Node keeps unless told otherwise. */
const usualFrames = 10;

/**
 * Builds with stack traces of one frame. The SDK takes a trace for every property of every resource, in case a promise of
 * it leaks, and each frame is mapped to its source: with 200 services a fifth of the preview's time. An error that is
 * thrown meanwhile still says where. Whoever needs more frames asks Node for them (NODE_OPTIONS=--stack-trace-limit=50),
 * and gets them.
 */
export const withShortStacks = <T>(build: () => T): T => {
  const frames = Error.stackTraceLimit;
  if (frames !== usualFrames) return build();
  Error.stackTraceLimit = 1;
  try {
    return build();
  } finally {
    Error.stackTraceLimit = frames;
  }
};
