import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { readKubeconfig } from "../../../src/config/kubeconfig";
import { stackFileOnOtherCloud } from "../../../src/config/other-cloud";
import { clouds } from "../../../src/config/stack-config";
import { onCloud, paths, read, set, shippedText, stacks, type Draft } from "./stack-files";

const onExisting = (): Draft => parse(stackFileOnOtherCloud(shippedText("production"), "existing")) as Draft;

const config = (key: string, ...path: string[]) => ["config", `holdfast:${key}`, ...path];

describe("a stack on a cluster that is there already", () => {
  it.each(stacks)("is %s, with the same services, and back again on each cloud", (stack) => {
    const text = stackFileOnOtherCloud(shippedText(stack), "existing");
    const there = read(text, stack);
    if (!there.ok) throw new Error(there.report);
    expect(there.config).toMatchObject({ cloud: "existing", cluster: { kind: "existing" } });
    for (const cloud of clouds) {
      const back = onCloud(read(stackFileOnOtherCloud(text, cloud), stack));
      expect({ cloud: back.cloud, apps: back.apps }).toEqual({ cloud, apps: there.config.apps });
    }
  });

  const mistakes: readonly (readonly [at: string, says: RegExp, path: string[], value: unknown])[] = [
    ["holdfast:region", /set on existing.*there already/, config("region"), "fr-par"],
    ["holdfast:network", /set on existing.*has its network/, config("network"), { range: "10.16.0.0/16" }],
    ["holdfast:nodePools", /set on existing.*holdfast:cluster\.nodes/, config("nodePools"), {}],
    ["holdfast:cluster.kubernetesVersion", /npm run preflight/, config("cluster", "kubernetesVersion"), "1.35"],
    ["holdfast:cluster.highAvailability", /owner's affair/, config("cluster", "highAvailability"), true],
    ["holdfast:cluster.controlPlaneAcl", /owner's affair/, config("cluster", "controlPlaneAcl"), {}],
    ["holdfast:cluster.members", /Nobody joins/, config("cluster", "members"), ["staging"]],
    ["holdfast:cluster.join", /kubeconfig of its own/, config("cluster", "join"), "staging"],
    ["holdfast:cluster.storageClasses.retain", /Required/, config("cluster", "storageClasses", "retain"), undefined],
    ["holdfast:cluster.nodes.inference.gpus", /from 1 to 1000/, config("cluster", "nodes", "inference", "gpus"), 0],
    ["holdfast:apps.vllm", /holdfast:cluster\.nodes\.inference/, config("cluster", "nodes", "inference"), undefined],
    ["holdfast:kubeconfig", /missing.*config set --secret holdfast:kubeconfig/, config("kubeconfig"), undefined],
    ["holdfast:kubeconfig", /a plain value.*Anyone/, config("kubeconfig"), "apiVersion: v1"],
    ["holdfast:modelStore", /missing.*endpoint and bucket/, config("modelStore"), undefined],
    ["holdfast:modelStore.endpoint", /in the clear/, config("modelStore", "endpoint"), "http://s3.example.com"],
    [
      "holdfast:modelStore.endpoint",
      /holds no credentials/,
      config("modelStore", "endpoint"),
      "https://a:b@s3.example.com",
    ],
    [
      "holdfast:secrets.model-store.access-key-id",
      /Required/,
      config("secrets", "model-store", "access-key-id"),
      undefined,
    ],
    ["holdfast:secrets.model-store.key", /no such file/, config("secrets", "model-store", "key"), { secure: "v1" }],
    ["linode:token", /Only stacks on linode/, ["config", "linode:token"], { secure: "v1" }],
  ];
  it.each(mistakes)("is told at %s: %s", (at, says, path, value) => {
    const draft = onExisting();
    set(draft, path, value);
    const file = read(draft);
    if (file.ok) throw new Error("the mistake was not found");
    const found = file.mistakes.filter((mistake) => mistake.path === at);
    expect(found.map((mistake) => `${mistake.found} ${mistake.help}`).join()).toMatch(says);
  });

  it("has keys that no other stack has", () => {
    const draft = parse(shippedText("production")) as Draft;
    set(draft, config("kubeconfig"), { secure: "v1" });
    set(draft, config("modelStore"), { endpoint: "https://s3.example.com", bucket: "models" });
    expect(paths(read(draft))).toEqual(["holdfast:kubeconfig", "holdfast:modelStore"]);
  });
});

describe("a kubeconfig", () => {
  const cluster = { server: "https://k8s.example.com", "certificate-authority-data": "Q0E=" };
  const of = (change: { cluster?: object; user?: object; current?: string } = {}) =>
    JSON.stringify({
      "current-context": change.current ?? "one",
      contexts: [
        { name: "one", context: { cluster: "c", user: "u" } },
        { name: "two", context: { cluster: "c", user: "other" } },
      ],
      clusters: [{ name: "c", cluster: { ...cluster, ...change.cluster } }],
      users: [
        { name: "u", user: change.user ?? { token: "secret-token" } },
        { name: "other", user: { token: "other-token" } },
      ],
    });

  it("is kept with one context, and without anyone else's credentials", () => {
    const [first, second] = [readKubeconfig(of(), undefined), readKubeconfig(of(), "two")];
    expect(first.ok && first.kubeconfig).toContain("secret-token");
    expect(first.ok && first.kubeconfig).not.toContain("other-token");
    expect(second.ok && second.kubeconfig).toContain("other-token");
  });

  it("that logs in by a command is told of a token that doesn't run out before the next update", () => {
    const result = readKubeconfig(of({ user: { exec: { command: "aws" } } }), undefined);
    if (result.ok) throw new Error("it was taken");
    expect(result.mistake.help).toContain("a Secret of type kubernetes.io/service-account-token");
    expect(result.mistake.help).not.toContain("create token");
  });

  it.each([
    ["no YAML", "{secret-token", undefined, /no kubeconfig/],
    [
      "a command",
      of({ user: { exec: { command: "aws" }, token: "secret-token" } }),
      undefined,
      /exec .*service account/,
    ],
    [
      "a login of its own",
      of({ user: { "auth-provider": { name: "gcp" }, token: "secret-token" } }),
      undefined,
      /auth-provider/,
    ],
    [
      "a certificate without its key",
      of({ user: { "client-certificate-data": "secret-token" } }),
      undefined,
      /no credentials/,
    ],
    ["a token in a file", of({ user: { tokenFile: "/home/secret-token" } }), undefined, /tokenFile, a file/],
    [
      "a file of another machine",
      of({ user: { "client-key": "/home/secret-token" } }),
      undefined,
      /client-key, a file/,
    ],
    [
      "an authority in a file",
      of({ cluster: { "certificate-authority": "/ca" } }),
      undefined,
      /certificate-authority, a/,
    ],
    ["no TLS", of({ cluster: { server: "http://k8s.example.com" } }), undefined, /in the clear/],
    ["unchecked TLS", of({ cluster: { "insecure-skip-tls-verify": true } }), undefined, /Anyone in between/],
    ["no credentials", of({ user: { username: "me", password: "secret-token" } }), undefined, /no credentials/],
    ["a context that isn't there", of(), "tow", /tow .*Did you mean two/],
    ["no current context", of({ current: "gone" }), undefined, /no current context/],
  ])("with %s is refused, and not shown", (_, text, context, says) => {
    const result = readKubeconfig(text, context);
    if (result.ok) throw new Error("it was taken");
    expect(`${result.mistake.found} ${result.mistake.help}`).toMatch(says);
    expect(JSON.stringify(result)).not.toContain("secret-token");
  });
});
