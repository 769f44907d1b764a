import { generateKeyPair, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { PhaseProgress, Progress } from "../progress";
import { withLock } from "../tools/lock";
import { ApiProbe } from "./api-probe";
import * as components from "./components";
import { files, type ControlPlaneBinaries } from "./components";
import { renderKubeconfig, serverPort, type Access } from "./kubeconfig";
import { isRunning, readRecords, startProcess, writeRecords, type Command, type ProcessRecord } from "./processes";
import { ControlPlaneStartError, startError } from "./start-error";
import { stopControlPlane, stopProcesses } from "./stop";

export interface ControlPlaneOptions {
  /** Holds its state, logs and keys, readable by this user alone; made where it does not exist, continued where it does. */
  readonly dir: string;
  readonly binaries: ControlPlaneBinaries;
  readonly progress: Progress;
}

/** A Kubernetes API on loopback, with everything behind it running. */
export interface ControlPlane {
  readonly dir: string;
  /** For example `https://127.0.0.1:40113`. */
  readonly server: string;
  /** The administrator's kubeconfig, as YAML. It holds a token: to be kept as a secret. */
  readonly kubeconfig: string;
  readonly kubeconfigPath: string;
  readonly stop: () => Promise<void>;
}

/** Each try takes another port; three in a row lost to other programs has another cause. */
const tries = 3;
/** Milliseconds; about 3,000 are usual on two cores, and a machine that also compiles takes several times that. */
const readyWithinMs = 120_000;

/**
 * Starts a control plane, or finds it running: same folder, same cluster. Its processes outlive this one until
 * {@link stopControlPlane} is called with the same folder, by whichever process.
 *
 * @throws ControlPlaneStartError with the end of the log of the part that failed; nothing is left running then
 */
export const startControlPlane = async (options: ControlPlaneOptions): Promise<ControlPlane> => {
  const phase = options.progress.phase("Starting the control plane");
  try {
    const waiting = () => phase.update("another run is starting or stopping it; waiting");
    const access = await withLock(
      options.dir,
      waiting,
      async () => (await findRunning(options.dir)) ?? startAnew(options, phase),
    );
    phase.done(access.server);
    return {
      dir: options.dir,
      server: access.server,
      kubeconfig: renderKubeconfig(access),
      kubeconfigPath: join(options.dir, files.kubeconfig),
      stop: () => stopControlPlane(options.dir),
    };
  } catch (error) {
    phase.failed();
    throw error;
  }
};

/** Access to the control plane in this folder, where every part of it runs and it answers. */
const findRunning = async (dir: string): Promise<Access | undefined> => {
  const records = await readRecords(dir);
  const running = new Set(records.filter(isRunning).map(({ name }) => name));
  if (!partNames.every((name) => running.has(name))) return undefined;
  const port = await lastPort(dir);
  if (port === undefined) return undefined;
  const access = await accessTo(dir, port);
  const probe = new ApiProbe(access);
  try {
    return (await probe.answers("/readyz")) ? access : undefined;
  } finally {
    probe.close();
  }
};

const partNames = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"];

const startAnew = async (options: ControlPlaneOptions, phase: PhaseProgress): Promise<Access> => {
  const { dir } = options;
  await stopProcesses(dir);
  await prepare(dir);
  // The port of last time, where it is still free, so that kubeconfigs handed out then stay good.
  let port = await freePort(await lastPort(dir));
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options, port, phase);
    } catch (error) {
      await stopProcesses(dir);
      const again = error instanceof ControlPlaneStartError && error.portTaken && attempt < tries;
      if (!again) throw error;
      port = await freePort();
    }
  }
};

const startOnce = async (options: ControlPlaneOptions, port: number, phase: PhaseProgress): Promise<Access> => {
  const { dir, binaries } = options;
  const parts = new Parts(dir);
  const deadline = Date.now() + readyWithinMs;
  const until = async (component: string, holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) {
      await parts.throwIfEnded();
      if (Date.now() > deadline)
        throw await startError(dir, component, `was not ready after ${readyWithinMs / 1000} s`);
      await sleep(15);
    }
  };

  phase.update("etcd");
  await parts.start(components.etcd(binaries));
  await until("etcd", () => existsSync(join(dir, files.etcdSocket)));

  phase.update("kube-apiserver");
  await parts.start(components.apiServer(binaries, port));
  // The key is written after the certificate, so that with the key the certificate is whole.
  await until("kube-apiserver", () => existsSync(join(dir, files.servingKey)));
  const access = await accessTo(dir, port);
  await writePrivate(join(dir, files.kubeconfig), renderKubeconfig(access));
  const probe = new ApiProbe(access);
  try {
    await until("kube-apiserver", () => probe.answers("/livez/ping"));
    phase.update("kube-controller-manager, kube-scheduler, kwok");
    await parts.start(components.controllerManager(binaries));
    await parts.start(components.scheduler(binaries));
    await parts.start(components.kwok(binaries));
    // Answers once its own roles and priority classes are there.
    await until("kube-apiserver", () => probe.answers("/readyz"));
    // No pod is admitted to a namespace before the controller manager has given it this.
    await until("kube-controller-manager", () => probe.answers("/api/v1/namespaces/default/serviceaccounts/default"));
    await parts.throwIfEnded();
  } finally {
    probe.close();
  }
  return access;
};

/** The processes of one start, recorded as they come so that none can be lost, and watched until it is over. */
class Parts {
  readonly #records: ProcessRecord[] = [];
  #ended: { readonly name: string; readonly how: string } | undefined;

  constructor(private readonly dir: string) {}

  async start(command: Command): Promise<void> {
    const { child, record } = await startProcess(this.dir, command);
    this.#records.push(record);
    child.once("exit", (code, signal) => {
      this.#ended ??= {
        name: command.name,
        how: signal === null ? `ended with code ${code}` : `was ended by ${signal}`,
      };
    });
    await writeRecords(this.dir, this.#records);
  }

  async throwIfEnded(): Promise<void> {
    if (this.#ended !== undefined) throw await startError(this.dir, this.#ended.name, this.#ended.how);
  }
}

/** Makes the folder and the secrets in it, keeping those of an earlier start. */
const prepare = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o700);
  await writeFile(join(dir, "kwok.yaml"), JSON.stringify(components.kwokConfiguration));
  if (!existsSync(join(dir, files.serviceAccountKey))) {
    const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" });
    await writePrivate(join(dir, files.serviceAccountKey), String(pem));
  }
  if (!existsSync(join(dir, files.tokens))) {
    const token = randomBytes(32).toString("hex");
    await writePrivate(join(dir, files.tokens), `${token},admin,admin,system:masters\n`);
  }
};

const accessTo = async (dir: string, port: number): Promise<Access> => {
  const [certificateAuthority, tokens] = await Promise.all([
    readFile(join(dir, files.servingCert), "utf8"),
    readFile(join(dir, files.tokens), "utf8"),
  ]);
  return { server: `https://127.0.0.1:${port}`, certificateAuthority, token: tokens.split(",")[0] ?? "" };
};

const lastPort = async (dir: string): Promise<number | undefined> => {
  const path = join(dir, files.kubeconfig);
  return existsSync(path) ? serverPort(await readFile(path, "utf8")) : undefined;
};

const writePrivate = (path: string, text: string): Promise<void> => writeFile(path, text, { mode: 0o600 });

/** A loopback port that was free a moment ago: `wanted` where it is, else any. */
const freePort = (wanted = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
