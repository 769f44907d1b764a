import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { playedBy, type PlayersArgs } from "../../../src/rehearsal/official-plugins";
import { repository, scratch } from "../../support/rehearsal";

let plugins: ReturnType<typeof scratch>;
beforeEach(() => {
  plugins = scratch();
});
afterEach(() => {
  plugins.remove();
});

const sdkVersion = (name: string): string => {
  const manifest = readFileSync(join(repository, "node_modules/@pulumi", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
};

const install = (name: string, version = sdkVersion(name)): void => {
  mkdirSync(join(plugins.path, `resource-${name}-v${version}`));
};

const played = (args: Partial<PlayersArgs> = {}) =>
  playedBy({ repository, clouds: ["linode"], realControlPlane: true, plugins: plugins.path, ...args });

describe("who plays a provider", () => {
  it("is a stand-in where no official plugin is installed, and for the clouds in use only", () => {
    expect(played()).toEqual({ standIns: ["linode", "kubernetes", "random"], official: {} });
    expect(played({ clouds: ["aws", "azure"] }).standIns).toEqual(["aws", "azure-native", "kubernetes", "random"]);
  });

  it("is the official plugin for Kubernetes where the API server is real and the kubeconfig needs no command", () => {
    install("kubernetes");
    expect(played().official).toEqual({ kubernetes: sdkVersion("kubernetes") });
    expect(played().standIns).not.toContain("kubernetes");
    expect(played({ realControlPlane: false }).official).toEqual({});
  });

  it("is a stand-in for Kubernetes as soon as one cloud's kubeconfig asks the cloud's command", () => {
    install("kubernetes");
    for (const clouds of [["aws"], ["azure"], ["linode", "aws"]] as const) {
      expect(played({ clouds })).toMatchObject({
        official: {},
        standIns: expect.arrayContaining(["kubernetes"]) as unknown,
      });
    }
  });

  it("is a stand-in where the installed plugin is of another version than the SDK, which the engine would not take", () => {
    install("random", "0.0.1");
    expect(played().official).toEqual({});
    install("random");
    expect(played({ realControlPlane: false, clouds: ["aws"] })).toEqual({
      standIns: ["aws", "kubernetes"],
      official: { random: sdkVersion("random") },
    });
  });

  it("is never the official plugin for a cloud: it would reach the cloud", () => {
    for (const cloud of ["linode", "aws", "azure-native"]) install(cloud);
    expect(played({ clouds: ["linode", "aws", "azure"] }).official).toEqual({});
  });
});
