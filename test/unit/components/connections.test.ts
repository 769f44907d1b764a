import type { types } from "@pulumi/kubernetes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calleeSettings, connections, type Caller } from "../../../components/workload";
import { connectionPolicy } from "../../../components/workload/network-policy";

type Spec = types.input.networking.v1.NetworkPolicySpec;
/** The shape that the builders make, in which nothing is an output. */
interface Peer {
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}

const names = ["a", "b", "c", "d", "e", "f"] as const;
const workloads: fc.Arbitrary<Caller[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom<string>(...names),
    namespace: fc.constantFrom("one", "two"),
    port: fc.integer({ min: 1, max: 65535 }),
    calls: fc.array(fc.constantFrom<string>(...names)),
  }),
  { selector: ({ name }) => name },
);

const policies = (all: readonly Caller[], scrapers: readonly string[] = []): Map<string, Spec> => {
  const ends = connections(all);
  return new Map(
    all.map(({ name, port }) => [
      name,
      connectionPolicy(
        { name, port, metricsPort: 9090 },
        { callers: [], callees: [], ...ends.get(name), callerNamespaces: [], scraperNamespaces: scrapers },
      ),
    ]),
  );
};

const end = (peer: Peer): string =>
  `${peer.namespaceSelector?.matchLabels["kubernetes.io/metadata.name"]}/${peer.podSelector?.matchLabels["app.kubernetes.io/name"]}`;

/** Every flow that the policies open at one end, as `from -> to:port`. */
const opened = (all: readonly Caller[], direction: "ingress" | "egress"): string[] =>
  [...policies(all)].flatMap(([name, spec]) => {
    const self = `${all.find((one) => one.name === name)?.namespace}/${name}`;
    return (spec[direction] as readonly Rule[]).flatMap((rule) =>
      (rule.from ?? rule.to ?? []).flatMap((peer) =>
        rule.ports.map(({ port }) =>
          direction === "egress" ? `${self} -> ${end(peer)}:${port}` : `${end(peer)} -> ${self}:${port}`,
        ),
      ),
    );
  });

/** What was declared, of calls to workloads that are there. */
const declared = (all: readonly Caller[]): string[] =>
  all.flatMap((caller) =>
    [...new Set(caller.calls)].flatMap((name) => {
      const callee = all.find((one) => one.name === name);
      return callee ? [`${caller.namespace}/${caller.name} -> ${callee.namespace}/${callee.name}:${callee.port}`] : [];
    }),
  );

describe("connections", () => {
  it("open each declared call at both ends, and nothing else", () => {
    fc.assert(
      fc.property(workloads, (all) => {
        const expected = declared(all).sort();
        expect(opened(all, "egress").sort()).toEqual(expected);
        expect(opened(all, "ingress").sort()).toEqual(expected);
      }),
    );
  });

  it("never make a rule without a peer, which would let everyone in", () => {
    fc.assert(
      fc.property(workloads, (all) => {
        for (const { ingress, egress } of policies(all).values()) {
          for (const rule of [...(ingress as Rule[]), ...(egress as Rule[])]) {
            expect((rule.from ?? rule.to ?? []).length).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it("let the scrapers' namespace read metrics, on that port alone", () => {
    const one: Caller = { name: "a", namespace: "one", port: 80, calls: [] };
    expect(policies([one], ["test-ops"]).get("a")?.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "test-ops" } } }],
        ports: [{ protocol: "TCP", port: 9090 }],
      },
    ]);
  });

  it("reach the internet only where asked, and then no private address and no metadata service", () => {
    const closed = { callers: [], callees: [], callerNamespaces: [], scraperNamespaces: [] };
    const ports = { name: "a", port: 80, metricsPort: 80 };
    expect(connectionPolicy(ports, closed)).toMatchObject({ ingress: [], egress: [] });
    expect(connectionPolicy(ports, { ...closed, internet: true }).egress).toEqual([
      {
        to: [
          {
            ipBlock: {
              cidr: "0.0.0.0/0",
              except: [
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.168.0.0/16",
              ],
            },
          },
        ],
        ports: [{ protocol: "TCP", port: 443 }],
      },
    ]);
  });

  it("tell a caller where its callees are", () => {
    expect(calleeSettings([{ name: "api-router", namespace: "test-services", port: 9898 }])).toEqual({
      API_ROUTER_URL: "http://api-router.test-services.svc.cluster.local:9898",
    });
  });
});
