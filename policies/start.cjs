/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, since the pack's starter requires it */
// The starter's ts-node would take index.ts and type-check the pack at every start, for seconds and with a compiler older
// than these sources. tsx only strips the types; package.json names this file as the pack's main.
require("tsx/cjs");
require("./index.ts");
