import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dependencies } from "../../../package.json";
import { planBuild, planFrom, toolCacheDir } from "../../../src/rehearsal/tools/cache";
import { tools } from "../../../src/rehearsal/tools/catalogue";

const linux = { goos: "linux", goarch: "amd64" };
const pins = { goMod: "require k8s.io/kubernetes v1.35.4", goSum: "k8s.io/kubernetes v1.35.4 h1:aaaa=" };
const key = (changed: Partial<typeof pins> = {}, platform = linux) =>
  planFrom(tools["kube-apiserver"], { ...pins, ...changed }, platform).key;

describe("a build's key", () => {
  it("starts with the version, for people who look into the cache", () => {
    expect(key()).toMatch(/^v1\.35\.4-[0-9a-f]{16}$/);
  });

  it.each([
    ["another version", key({ goMod: "require k8s.io/kubernetes v1.35.5" })],
    ["a changed replace line", key({ goMod: `${pins.goMod}\nreplace k8s.io/api => k8s.io/api v0.35.4` })],
    ["another checksum", key({ goSum: "k8s.io/kubernetes v1.35.4 h1:bbbb=" })],
    ["another platform", key({}, { goos: "darwin", goarch: "arm64" })],
    ["another program of the same module", planFrom(tools["kube-scheduler"], pins, linux).key],
  ])("differs for %s", (_, other) => {
    expect(other).not.toBe(key());
  });

  it("is the same for the same pins", () => {
    expect(key()).toBe(key());
  });
});

describe("a build's plan", () => {
  it("links the version that go.mod requires", () => {
    const { ldflags } = planFrom(tools["kube-apiserver"], pins, linux);
    expect(ldflags).toContain("-X k8s.io/component-base/version.gitVersion=v1.35.4");
    expect(ldflags).toContain("-X k8s.io/component-base/version.gitMajor=1 ");
    expect(ldflags).toMatch(/-X k8s\.io\/component-base\/version\.gitMinor=35$/);
  });

  it("names the go.mod that does not require the tool's module, and the fix", () => {
    expect(() => planFrom(tools.etcd, pins, linux)).toThrow(
      /tools\/etcd\/go\.mod does not require go\.etcd\.io\/etcd\/server\/v3\. Run: cd .*go get/,
    );
  });

  it.each(Object.entries(tools))("of %s can be made from the repository's own pins", async (_, tool) => {
    expect((await planBuild(tool)).version).toMatch(/^v\d+\.\d+\.\d+$/);
  });

  it("pins the engine to the version of its SDK", async () => {
    expect((await planBuild(tools.pulumi)).version).toBe(`v${dependencies["@pulumi/pulumi"]}`);
  });
});

it("keeps tools where the user wants caches", () => {
  expect(toolCacheDir({ HOLDFAST_CACHE: "/c", XDG_CACHE_HOME: "/x" })).toBe(join("/c", "tools"));
  expect(toolCacheDir({ XDG_CACHE_HOME: "/x" })).toBe(join("/x", "holdfast", "tools"));
  expect(toolCacheDir({ HOLDFAST_CACHE: "" })).toMatch(/\.cache\/holdfast\/tools$/);
});
