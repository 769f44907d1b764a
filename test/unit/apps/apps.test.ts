import { describe, expect, it } from "vitest";
import { checkedWorkloadName } from "../../../components/shared";
import { apps } from "../../../src/apps";
import { quantity } from "../../../src/config/quantity";

const amount = (text: string): number => {
  const value = quantity(text);
  if (value === undefined) throw new Error(`${text} is no quantity`);
  return value;
};

describe.each(Object.entries(apps))("%s", (name, app) => {
  it("goes by a name that its objects can have", () => {
    expect(app.name).toBe(name);
    expect(checkedWorkloadName(name)).toBe(name);
  });

  it("calls services that there are, and not itself", () => {
    expect(Object.keys(apps)).toEqual(expect.arrayContaining([...app.calls]));
    expect(app.calls).not.toContain(name);
  });

  it("asks for no more than its limits", () => {
    const { requests, limits } = app.resources;
    for (const key of ["cpu", "memory", "ephemeralStorage"] as const) {
      expect(amount(requests[key])).toBeLessThanOrEqual(amount(limits[key]));
    }
  });

  it("can fill all that it may write to without being evicted", () => {
    const writable = Object.values(app.writable).reduce((sum, size) => sum + amount(size), 0);
    expect(writable).toBeLessThanOrEqual(amount(app.resources.limits.ephemeralStorage));
  });

  it("restarts a pod only after it has long been out of rotation", () => {
    const seconds = ({ periodSeconds, failureThreshold }: (typeof app.probes)["liveness"]) =>
      periodSeconds * failureThreshold;
    expect(seconds(app.probes.liveness)).toBeGreaterThan(seconds(app.probes.readiness));
  });

  it("has settings that can be environment variables, and every one that its arguments refer to", () => {
    for (const key of Object.keys(app.settings)) expect(key).toMatch(/^[A-Z][A-Z0-9_]*$/);
    for (const [, key] of app.args.join(" ").matchAll(/\$\((\w+)\)/g)) expect(app.settings).toHaveProperty([key ?? ""]);
  });

  it("has generated secrets too long to guess", () => {
    for (const length of Object.values(app.generatedSecrets)) expect(length).toBeGreaterThanOrEqual(32);
  });
});

it("an inference service has a GPU, and memory left beside what its processes share", () => {
  for (const { kind, inference, resources } of Object.values(apps)) {
    expect(inference !== undefined).toBe(kind === "inference");
    expect(resources.gpus > 0).toBe(kind === "inference");
    if (inference) expect(amount(inference.sharedMemory)).toBeLessThan(amount(resources.limits.memory) / 2);
  }
});
