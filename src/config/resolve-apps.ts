import { apps as knownApps, type AppSpec } from "../apps";
import type { Checker } from "./check-schema";
import { keyPath, suggest } from "./mistake";
import { secretSetting } from "./plain-secrets";
import type { InferenceCapacity } from "./quotas";
import { appSection, type AppInput } from "./schema/apps";
import type { AppConfig, EnvironmentTier } from "./stack-config";

/** What the services are resolved against; undefined where that section has mistakes, and nothing is said about it twice. */
export interface AppSurroundings {
  readonly tier: EnvironmentTier | undefined;
  readonly baseDomain: string | undefined;
  readonly gpus: { readonly smallest: InferenceCapacity; readonly largest: InferenceCapacity } | undefined;
  /** Where to say what GPUs there are, where a service needs one and there is none. */
  readonly gpuHelp: string;
}

const root = "holdfast:apps";

/** What is said where a service's name is not known. */
export function unknownApp(name: string): { readonly found: string; readonly help: string } {
  return { found: "no such service", help: suggest(name, Object.keys(knownApps)) };
}

/** A service by its name, and nothing that every object has, such as `constructor`. */
export function knownApp(name: string): AppSpec | undefined {
  return Object.hasOwn(knownApps, name) ? knownApps[name] : undefined;
}

/** Whether any of these services reads models. */
export function hasInference(apps: Readonly<Record<string, AppConfig>>): boolean {
  return Object.keys(apps).some((name) => knownApp(name)?.kind === "inference");
}

/** The services that are on, each with its defaults filled in. */
export function resolveApps(
  checker: Checker,
  value: unknown,
  around: AppSurroundings,
): Readonly<Record<string, AppConfig>> {
  const checked = checker.checkEach(
    {
      of: "services, by name",
      schemaOf: (name) => {
        const spec = knownApp(name);
        return spec === undefined ? unknownApp(name) : appSection(spec);
      },
    },
    value,
    root,
  );
  const on: [AppSpec, AppInput][] = [];
  for (const [name, entry] of checked) {
    const spec = knownApp(name);
    // Of a service with mistakes, what is sound is still compared with the rest of the stack.
    const input: AppInput = entry.ok ? entry.value : { enabled: true, hosts: [], settings: {}, ...entry.sound };
    if (spec !== undefined && input.enabled) on.push([spec, input]);
    checkSettings(checker, keyPath(root, [name, "settings"]), input.settings);
  }
  const hosts = new Map<string, string>();
  const resolved = on.map(([spec, input]): [string, AppConfig] => [
    spec.name,
    {
      image: resolveImage(checker, spec, input, around.tier),
      hosts: resolveHosts(checker, spec, input, around.baseDomain, hosts),
      replicas: resolveReplicas(checker, spec, input, around),
      settings: { ...spec.settings, ...input.settings },
    },
  ]);
  return Object.fromEntries(resolved);
}

function checkSettings(checker: Checker, path: string, settings: AppInput["settings"]): void {
  for (const [name, value] of Object.entries(settings)) {
    const help = secretSetting(name, value);
    if (help !== undefined) checker.add(keyPath(path, [name]), "a plain value", help);
  }
}

function resolveImage(checker: Checker, spec: AppSpec, input: AppInput, tier: EnvironmentTier | undefined): string {
  const image = input.image ?? spec.defaultImage;
  if (tier === "production" && !image.includes("@sha256:")) {
    checker.add(
      keyPath(root, [spec.name, "image"]),
      input.image ?? "missing",
      `Production takes images by digest: ${image.replace(/:[^:/]*$/, "")}@sha256:…, as your registry shows it.`,
    );
  }
  return image;
}

function resolveHosts(
  checker: Checker,
  spec: AppSpec,
  input: AppInput,
  baseDomain: string | undefined,
  claimed: Map<string, string>,
): string[] {
  return input.hosts.map((host, i) => {
    const full = host.includes(".") || baseDomain === undefined ? host : `${host}.${baseDomain}`;
    const owner = claimed.get(full);
    if (owner !== undefined) {
      const help =
        owner === spec.name ? "It is listed twice." : `${owner} claims it already: a host leads to one service.`;
      checker.add(keyPath(root, [spec.name, "hosts", i]), full, help);
    }
    claimed.set(full, owner ?? spec.name);
    return full;
  });
}

/**
 * Replicas: for HTTP at least two, so that one can be drained; for inference one for each GPU, or set of GPUs, that a pod
 * takes, since the nodes are paid for either way.
 */
function resolveReplicas(
  checker: Checker,
  spec: AppSpec,
  input: AppInput,
  { gpus, gpuHelp }: AppSurroundings,
): AppConfig["replicas"] {
  const { min: wantedMin, max: wantedMax } = input.replicas ?? {};
  const inference = spec.resources.gpus > 0;
  const most = inference && gpus !== undefined ? Math.floor(gpus.largest.gpus / spec.resources.gpus) : 10;
  const least = inference && gpus !== undefined ? Math.floor(gpus.smallest.gpus / spec.resources.gpus) : 2;
  const replicas = {
    min: wantedMin ?? Math.min(Math.max(1, least), wantedMax ?? Infinity),
    max: wantedMax ?? Math.max(1, most, wantedMin ?? 0),
  };
  const path = keyPath(root, [spec.name]);
  if (inference && gpus !== undefined && gpus.largest.gpus === 0) {
    checker.add(path, "on, with no GPU pool", `${gpuHelp}, or switch the service off.`);
  } else if (inference && gpus !== undefined && replicas.max > most) {
    const key = wantedMax === undefined ? "min" : "max";
    checker.add(
      `${path}.replicas.${key}`,
      `${replicas.max}`,
      `Each takes ${spec.resources.gpus} GPU, and the inference pools have ${gpus.largest.gpus} at most: at most ${most}.`,
    );
  }
  return replicas;
}
