import { expect, it } from "vitest";
import { customResourceDefinitions } from "../../../src/rehearsal/control-plane/definitions";

const route = {
  group: "gateway.networking.k8s.io",
  kind: "HTTPRoute",
  plural: "httproutes",
  scope: "Namespaced",
} as const;

it("makes one definition for all versions of a resource, with one of them stored", () => {
  const definitions = customResourceDefinitions([
    { ...route, version: "v1beta1" },
    { ...route, version: "v1" },
    { ...route, version: "v1" },
  ]);
  expect(definitions.map(({ metadata }) => metadata?.name)).toEqual(["httproutes.gateway.networking.k8s.io"]);
  expect(definitions[0]?.spec.versions.map(({ name, served, storage }) => ({ name, served, storage }))).toEqual([
    { name: "v1beta1", served: true, storage: false },
    { name: "v1", served: true, storage: true },
  ]);
});

it("marks those in Kubernetes' own groups, which the API server would not serve otherwise", () => {
  const approval = (group: string) =>
    customResourceDefinitions([{ ...route, group, version: "v1" }])[0]?.metadata?.annotations?.[
      "api-approved.kubernetes.io"
    ];
  expect(approval("gateway.networking.k8s.io")).toMatch(/^unapproved/);
  expect(approval("monitoring.coreos.com")).toBeUndefined();
  expect(approval("notk8s.io")).toBeUndefined();
});
