import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "../../support/rehearsal";

/** The SDK modules in memory once the program is loaded as Pulumi.yaml has it loaded. */
const loadedOn = (cloud: string): readonly string[] => {
  const script = join(repository, "test", "support", "loaded-packages.ts");
  const args = ["--require", "@pulumi/pulumi", "--require", "zod", "--require", "tsx/cjs", script, cloud];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: repository, encoding: "utf8" })) as string[];
};

describe("a stack on a cluster that is there already", () => {
  it("loads no cloud's SDK", () => {
    const loaded = loadedOn("existing");
    expect(loaded.length).toBeGreaterThan(50);
    expect(loaded.filter((path) => Object.values(sdkOf).some((sdk) => path.startsWith(sdk)))).toEqual([]);
  });
});

const sdkOf = { linode: "linode/", aws: "aws/", azure: "azure-native/" } as const;

describe.each(Object.entries(sdkOf))("a stack on %s", (cloud, sdk) => {
  const loaded = loadedOn(cloud);

  it("loads its own cloud's SDK and no other's", () => {
    const clouds = Object.values(sdkOf).filter((one) => loaded.some((path) => path.startsWith(one)));
    expect(clouds).toEqual([sdk]);
  });

  it("loads the services that it uses, and not the SDK whole", () => {
    // Whole, @pulumi/aws is more than 300 modules and azure-native more than 250.
    expect(loaded.filter((path) => path.startsWith(sdk)).length).toBeLessThan(80);
  });
});
