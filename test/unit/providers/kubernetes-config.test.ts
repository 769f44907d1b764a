import { describe, expect, it } from "vitest";
import { kubeconfigOf } from "../../../components/cluster/kubeconfig";
import { ConfigurationError } from "../../../src/rehearsal/providers/errors";
import { configOf, refuseCommands } from "../../../src/rehearsal/providers/kubernetes/config";

const loggingInBy = (user: Readonly<Record<string, unknown>>) =>
  configOf({
    kubeconfig: kubeconfigOf({
      name: "real",
      endpoint: "https://cluster.example.com",
      certificateAuthority: Buffer.from("authority").toString("base64"),
      user,
    }),
  }).kubeconfig;

const refusal = (user: Readonly<Record<string, unknown>>): string => {
  try {
    refuseCommands(loggingInBy(user));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "";
};

describe("a kubeconfig of a cluster that no rehearsal made", () => {
  it.each([
    ["exec", { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "cloud", args: ["--key", "hidden"] } }],
    ["an auth-provider", { "auth-provider": { name: "oidc", config: { "id-token": "hidden" } } }],
  ])("is refused when its user logs in by %s: the command would reach a real cloud", (_, user) => {
    const said = refusal(user);
    expect(said).toContain("https://cluster.example.com");
    expect(said).toContain("one with a token or a certificate");
    expect(said).not.toContain("hidden");
  });

  it.each([
    ["a token", { token: "t" }],
    ["a certificate", { "client-certificate-data": "YQ==", "client-key-data": "YQ==" }],
  ])("is taken when its user logs in by %s", (_, user) => {
    expect(refusal(user)).toBe("");
  });
});
