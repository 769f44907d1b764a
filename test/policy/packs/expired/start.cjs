/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, since the pack's starter requires it */
require("tsx/cjs");
require("./index.ts");
