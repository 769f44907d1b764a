import { describe, expect, it } from "vitest";
import fc from "fast-check";

import { looksSecret } from "../../../src/config/plain-secrets";
import { read, set, shipped } from "./stack-files";

describe("a secret in a stack file", () => {
  it("is known by its name alone, and its value is not kept", () => {
    const draft = shipped("production");
    set(draft, ["config", "holdfast:secrets", "web", "api-key"], { secure: "v1:sealed" });
    const file = read(draft);
    expect(file.ok && file.secretNames).toEqual({ web: ["api-key"] });
    expect(JSON.stringify(file)).not.toContain("sealed");
  });

  it("is never shown, wherever it was put in the clear", () => {
    const secret = "hunter2-correct-horse";
    const places = [
      ["config", "holdfast:secrets"],
      ["config", "holdfast:secrets", "web"],
      ["config", "holdfast:secrets", "web", "api-key"],
      ["config", "holdfast:secrets", "web", "api-key", "secure", "twice"],
      ["config", "holdfast:secrets", "web", "api-key", "secur"],
      ["config", "holdfast:apps", "web", "settings", "API_KEY"],
      ["config", "linode:token"],
      ["config", "azure-native:clientSecret"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(secret, [secret], { a: secret }), (place, value) => {
        const draft = shipped("production");
        set(draft, place, value);
        const file = read(draft);
        expect(file.ok).toBe(false);
        expect(JSON.stringify(file)).not.toContain(secret);
      }),
    );
  });

  it("is not shown where the text around it cannot be read", () => {
    const file = read('config:\n  holdfast:secrets:\n    web: { api-key: "hunter2\n');
    expect(file.ok || file.report).toContain("line ");
    expect(JSON.stringify(file)).not.toContain("hunter2");
  });

  it.each([
    "PASSWORD",
    "DB_PASSWORD",
    "dbPassword",
    "API_KEY",
    "apiKey",
    "AUTH_TOKEN",
    "client-secret",
    "PRIVATE_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "kubeconfig",
    "smtp.credentials",
  ])("is suspected behind the setting %s", (name) => {
    expect(looksSecret(name)).toBe(true);
  });

  it.each([
    "MAX_TOKENS",
    "TOKENIZER",
    "TOKEN_TTL_SECONDS",
    "PASSWORD_FILE",
    "SECRET_NAME",
    "KEYBOARD",
    "MONKEY",
    "CACHE_KEY_PREFIX",
    "TOKEN_URL",
  ])("is not suspected behind the setting %s", (name) => {
    expect(looksSecret(name)).toBe(false);
  });
});
