import { UserError } from "../user-error";

/** A build that failed, as far as it is known. */
export interface FailedBuild {
  readonly tool: string;
  /** The folder of the go.mod that pins it. */
  readonly moduleDir: string;
  /** What the go.mod says: the Go release that is needed at least, for example `1.25.0`. */
  readonly goVersion: string;
  /** Go's own proxy setting, where one is set in the environment. */
  readonly goProxy: string | undefined;
  /** All that go printed on standard error; undefined where there is no `go` to run. */
  readonly output: string | undefined;
}

/** A tool could not be built. The message says what to do about it. */
export class ToolBuildError extends UserError {
  override readonly name = "ToolBuildError";

  constructor(public readonly build: FailedBuild) {
    super(describeFailedBuild(build));
  }
}

/** How many of go's last lines are shown: enough for an error with its position, short enough to be read. */
const shownLines = 12;

export const describeFailedBuild = (build: FailedBuild): string => {
  const lines = (build.output ?? "").split("\n").filter((line) => line.trim() !== "" && !isProgressLine(line));
  const shown = lines.slice(-shownLines).map((line) => `    ${line}`);
  return [
    `${build.tool} could not be built.`,
    ...(shown.length > 0 ? ["", "  The last that go said:", ...shown] : []),
    "",
    `  ${remedy(build)}`,
  ].join("\n");
};

const isProgressLine = (line: string): boolean => line.startsWith("go: downloading ");

/** The likely cause, by what Go prints for it; the first that fits. */
const remedy = (build: FailedBuild): string => {
  const { output, goVersion, goProxy, moduleDir, tool } = build;
  if (output === undefined) {
    return `There is no \`go\` on PATH. Install Go ${goVersion} or newer (https://go.dev/doc/install), then run this again.`;
  }
  if (/requires go >= |invalid go version|toolchain not available/.test(output)) {
    return `The installed Go is too old. Install Go ${goVersion} or newer (https://go.dev/doc/install), or allow GOTOOLCHAIN=auto.`;
  }
  if (/checksum mismatch|SECURITY ERROR/.test(output)) {
    return (
      "A module differs from what go.sum pins: a proxy or cache altered it. Do not turn checking off; " +
      "try `go clean -modcache`, or another GOPROXY."
    );
  }
  if (/no space left on device/.test(output)) {
    return "The disk is full. A build takes about 3 GB in Go's caches; `go clean -cache` frees what older builds left.";
  }
  if (/signal: killed/.test(output)) {
    return "A compiler was killed, most likely for want of memory. Run it again with GOFLAGS=-p=1, which needs less.";
  }
  if (networkTrouble.test(output)) {
    return (
      `The module proxy cannot be reached (GOPROXY is ${goProxy ?? "not set, so Go's default"}). Check the connection, or ` +
      "set GOPROXY to one that this machine can reach; behind a corporate proxy set HTTPS_PROXY too."
    );
  }
  return `To see it all: cd ${moduleDir} && go build -v $(go list tool | grep ${tool}). GOFLAGS and GOPROXY are honoured.`;
};

const networkTrouble =
  /dial tcp|no such host|proxyconnect|i\/o timeout|connection (refused|reset)|TLS handshake|: (403|404|410|50[0-9]) |unexpected EOF|module lookup disabled/;
