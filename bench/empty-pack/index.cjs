/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, since the pack's starter requires it */
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty", {
  policies: [
    {
      name: "judges-nothing",
      description: "Is asked about every resource, and has nothing to say.",
      enforcementLevel: "mandatory",
      validateResource: () => undefined,
    },
  ],
});
