/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, since the pack's starter requires it */
// The starter's ts-node would take index.ts and type-check the pack at every start, for seconds and with a compiler older
// than these sources. tsx only strips the types; package.json names this file as the pack's main.
// What the SDK is made of needs no such care, and goes through tsx where it is loaded after it: a third of the start.
require("@pulumi/policy");
require("tsx/cjs");
require("./index.ts");
