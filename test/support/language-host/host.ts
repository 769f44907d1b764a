import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

/*
 * Runs a Node program for the engine, as the language host of Pulumi's own distribution does: it reads the runtime options
 * of Pulumi.yaml, and starts @pulumi/pulumi/cmd/run with the monitor's address. That distribution can't be had where these
 * tests run; with this, plain `pulumi preview` is the real command line, on the project's own Pulumi.yaml.
 */

const engineAddress = process.argv.at(-1) ?? "";
const sdk = (program: string): string => join(__dirname, "../../../node_modules/@pulumi/pulumi/cmd", program);
const words = (option: unknown): string[] => (typeof option === "string" ? option.split(" ") : []);

const start = (
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  options: Struct | undefined,
): ChildProcess => {
  const { nodeargs, typescript } = (options?.toJavaScript() ?? {}) as Record<string, unknown>;
  return spawn("node", [...words(nodeargs), ...args], {
    cwd,
    env: { ...process.env, ...env, PULUMI_NODEJS_TYPESCRIPT: typescript === false ? "false" : "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
};

const run: grpc.handleUnaryCall<language.RunRequest, language.RunResponse> = ({ request }, answer) => {
  const config = Object.fromEntries(request.getConfigMap().toArray());
  const child = start(
    [
      sdk("run"),
      `--monitor=${request.getMonitorAddress()}`,
      `--engine=${engineAddress}`,
      `--organization=${request.getOrganization()}`,
      `--project=${request.getProject()}`,
      `--root-directory=${request.getInfo()?.getRootDirectory() ?? ""}`,
      `--stack=${request.getStack()}`,
      `--pwd=${request.getPwd()}`,
      ...(request.getDryrun() ? ["--dry-run"] : []),
      `--parallel=${request.getParallel()}`,
      request.getInfo()?.getEntryPoint() ?? ".",
    ],
    request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    {
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
    request.getInfo()?.getOptions(),
  );
  child.stdout?.pipe(process.stderr);
  child.stderr?.pipe(process.stderr);
  child.on("exit", (code) => {
    const response = new language.RunResponse();
    // 32 says that the program has told its user already what was wrong.
    if (code === 32) response.setBail(true);
    else if (code !== 0) response.setError(`the program exited with ${code}`);
    answer(null, response);
  });
};

const runPlugin: grpc.handleServerStreamingCall<language.RunPluginRequest, language.RunPluginResponse> = (call) => {
  const { request } = call;
  const environment = request.getEnvList().map((line) => [line.split("=", 1)[0] ?? "", line.replace(/^[^=]*=/, "")]);
  const child = start(
    [sdk("run-policy-pack"), ...request.getArgsList(), request.getInfo()?.getProgramDirectory() ?? "."],
    request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    Object.fromEntries(environment) as NodeJS.ProcessEnv,
    request.getInfo()?.getOptions(),
  );
  const say = (fill: (response: language.RunPluginResponse) => void): void => {
    const response = new language.RunPluginResponse();
    fill(response);
    call.write(response);
  };
  child.stdout?.on("data", (data: Buffer) => say((response) => response.setStdout(data)));
  child.stderr?.on("data", (data: Buffer) => say((response) => response.setStderr(data)));
  child.on("exit", (code) => {
    say((response) => response.setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => child.kill());
};

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  handshake: (_: unknown, answer: grpc.sendUnaryData<language.LanguageHandshakeResponse>) =>
    answer(null, new language.LanguageHandshakeResponse()),
  getPluginInfo: (_: unknown, answer: grpc.sendUnaryData<PluginInfo>) => {
    const info = new PluginInfo();
    info.setVersion("0.0.0");
    answer(null, info);
  },
  getRequiredPackages: (_: unknown, answer: grpc.sendUnaryData<language.GetRequiredPackagesResponse>) =>
    answer(null, new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: (_: unknown, answer: grpc.sendUnaryData<language.GetRequiredPluginsResponse>) =>
    answer(null, new language.GetRequiredPluginsResponse()),
  run,
  runPlugin,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
