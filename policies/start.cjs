// The engine would type-check the pack with ts-node at every start, which takes seconds: tsx only strips the types.
require("tsx/cjs");
require("./index.ts");
