import { describe, expect, it } from "vitest";
import { describeFailedBuild, ToolBuildError } from "../../../src/rehearsal/tools/build-failure";
import { UserError } from "../../../src/rehearsal/user-error";

const failed = (output: string | undefined, goProxy?: string) =>
  describeFailedBuild({ tool: "etcd", moduleDir: "/repo/tools/etcd", goVersion: "1.25.0", goProxy, output });

describe("the message of a failed build", () => {
  it("says which Go to install where there is none", () => {
    expect(failed(undefined)).toBe(
      [
        "etcd could not be built.",
        "",
        "  There is no `go` on PATH. Install Go 1.25.0 or newer (https://go.dev/doc/install), then run this again.",
      ].join("\n"),
    );
  });

  it.each([
    ["go: go.mod requires go >= 1.25.0 (running go 1.22.1; GOTOOLCHAIN=local)", "Install Go 1.25.0 or newer"],
    ["verifying x@v1: checksum mismatch\nSECURITY ERROR", "Do not turn checking off"],
    ["write /tmp/x: no space left on device", "The disk is full"],
    ["k8s.io/api/core/v1: compile: signal: killed", "GOFLAGS=-p=1"],
    ['Get "https://proxy.example/x": dial tcp: lookup proxy.example: no such host', "module proxy cannot be reached"],
    ["reading https://proxy.example/x.zip: 403 Forbidden", "module proxy cannot be reached"],
    ["./main.go:3:2: undefined: foo", "cd /repo/tools/etcd && go build"],
  ])("answers %j with %j", (output, remedy) => {
    expect(failed(output)).toContain(remedy);
  });

  it("names the proxy that was asked", () => {
    expect(failed("dial tcp: i/o timeout", "https://proxy.example")).toContain("GOPROXY is https://proxy.example");
    expect(failed("dial tcp: i/o timeout")).toContain("GOPROXY is not set, so Go's default");
  });

  it("shows the last that go said, without its download lines", () => {
    const output = [...Array.from({ length: 30 }, (_, i) => `line ${i}`), "go: downloading x v1", "the end"].join("\n");
    const message = failed(output);
    expect(message).toContain("    the end");
    expect(message).toContain("    line 29");
    expect(message).not.toContain("downloading");
    expect(message).not.toContain("line 0\n");
  });

  it("is all that a user is shown", () => {
    const build = { tool: "etcd", moduleDir: "/m", goVersion: "1.25.0", goProxy: undefined, output: undefined };
    expect(new ToolBuildError(build)).toBeInstanceOf(UserError);
  });
});
