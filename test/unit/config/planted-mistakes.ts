import { set, type Draft } from "./stack-files";

/** One way to get the production stack file wrong, and where and how the report must say so. */
export interface Plant {
  readonly at: string;
  readonly says: RegExp;
  readonly plant: (draft: Draft) => void;
}

const plant = (at: string, says: RegExp, path: readonly (string | number)[], value: unknown): Plant => ({
  at,
  says,
  plant: (draft) => set(draft, path, value),
});

const cluster = ["config", "holdfast:cluster"];
const pools = ["config", "holdfast:nodePools"];
const apps = ["config", "holdfast:apps"];
const quota = (tier: string) => ["config", "holdfast:namespaces", tier, "quota"];

/** Each of a place of its own, so that any of them can be planted together and every one must still be reported. */
export const plants: readonly Plant[] = [
  plant("holdfast:cloud", /Did you mean linode\?/, ["config", "holdfast:cloud"], "linod"),
  plant("holdfast:region", /Did you mean fr-par\?/, ["config", "holdfast:region"], "fr-paar"),
  plant("holdfast:regoin", /no such key.*Did you mean region\?/s, ["config", "holdfast:regoin"], "fr-par"),
  plant("holdfast:__proto__", /no such key/, ["config", "holdfast:__proto__"], {}),
  plant(
    "holdfast:apps.web.settings.__proto__",
    /no such key/,
    [...apps, "web", "settings"],
    JSON.parse('{"__proto__": 1}'),
  ),
  plant("holdfast:cluster.kubernetesVersion", /quote it, as "1\.35"/, [...cluster, "kubernetesVersion"], 1.3),
  plant("holdfast:cluster.highAvailability", /Production needs a replicated/, [...cluster, "highAvailability"], false),
  plant("holdfast:cluster.controlPlaneACL", /Did you mean controlPlaneAcl\?/, [...cluster, "controlPlaneACL"], {}),
  plant(
    "holdfast:cluster.controlPlaneAcl.ipv4[2]",
    /write 203\.0\.113\.7\/32/,
    [...cluster, "controlPlaneAcl", "ipv4", 2],
    "203.0.113.7",
  ),
  plant(
    "holdfast:cluster.controlPlaneAcl.ipv4[3]",
    /Did you mean 203\.0\.113\.0\/24\?/,
    [...cluster, "controlPlaneAcl", "ipv4", 3],
    "203.0.113.7/24",
  ),
  plant(
    "holdfast:cluster.controlPlaneAcl.ipv4[4]",
    /list it under ipv6/,
    [...cluster, "controlPlaneAcl", "ipv4", 4],
    "2001:db8::/48",
  ),
  plant(
    "holdfast:cluster.controlPlaneAcl.ipv6[1]",
    /Wanted a CIDR range/,
    [...cluster, "controlPlaneAcl", "ipv6", 1],
    "2001:db8::/129",
  ),
  plant("holdfast:cluster.members", /Wanted a list/, [...cluster, "members"], "staging"),
  plant(
    "holdfast:nodePools.gpu.plan",
    /LKE cannot run the Quadro RTX 6000.*g3-gpu-rtxpro6000-blackwell-1/s,
    [...pools, "gpu", "plan"],
    "g1-gpu-rtx6000-1",
  ),
  plant("holdfast:nodePools.typo.plan", /Did you mean g6-standard-8\?/, [...pools, "typo"], {
    plan: "g6-standart-8",
    count: 1,
  }),
  plant("holdfast:nodePools.none.count", /missing.*Required/s, [...pools, "none"], { plan: "g6-standard-8" }),
  plant("holdfast:nodePools.some.count", /Wanted a whole number from 1 to 100/, [...pools, "some"], {
    plan: "g6-standard-8",
    count: 1.5,
  }),
  plant("holdfast:nodePools.outside.count", /from 2 to 3/, [...pools, "outside"], {
    plan: "g6-standard-8",
    count: 9,
    autoscaling: { min: 2, max: 3 },
  }),
  plant("holdfast:nodePools.bounds.autoscaling.min", /above max, which is 3/, [...pools, "bounds"], {
    plan: "g6-standard-8",
    autoscaling: { min: 5, max: 3 },
  }),
  plant("holdfast:nodePools.half.autoscaling.max", /missing/, [...pools, "half"], {
    plan: "g6-standard-8",
    autoscaling: { min: 5 },
  }),
  plant("holdfast:nodePools.idle.purpose", /has no GPU/, [...pools, "idle"], {
    plan: "g6-standard-8",
    count: 1,
    purpose: "inference",
  }),
  plant("holdfast:nodePools.dear.purpose", /purpose inference/, [...pools, "dear"], {
    plan: "g2-gpu-rtx4000a1-s",
    count: 1,
    purpose: "general",
  }),
  plant("holdfast:nodePools.list", /a list of 1.*Wanted a map/s, [...pools, "list"], ["g6-standard-8"]),
  plant("holdfast:nodePools.Big_Pool", /DNS label/, [...pools, "Big_Pool"], { plan: "g6-standard-8", count: 1 }),
  plant("holdfast:namespaces.service", /Did you mean services\?/, ["config", "holdfast:namespaces", "service"], {}),
  plant("holdfast:namespaces.data.quota.pod", /Did you mean pods\?/, [...quota("data"), "pod"], 3),
  plant(
    "holdfast:namespaces.ops.quota.requestsCpu",
    /Wanted a Kubernetes quantity/,
    [...quota("ops"), "requestsCpu"],
    "many",
  ),
  plant("holdfast:domains.base", /Wanted a DNS name/, ["config", "holdfast:domains", "base"], "Example.com"),
  plant(
    "holdfast:apps.api-roter",
    /no such service.*Did you mean api-router\? Known: analytics, api-router/s,
    [...apps, "api-roter"],
    {},
  ),
  plant("holdfast:apps.constructor", /no such service/, [...apps, "constructor"], {}),
  plant(
    "holdfast:apps.web.image",
    /Production takes images by digest: ghcr\.io\/a\/web@sha256/,
    [...apps, "web", "image"],
    "ghcr.io/a/web:1.2",
  ),
  plant("holdfast:apps.web.hosts[1]", /listed twice/, [...apps, "web", "hosts", 1], "app"),
  plant("holdfast:apps.user-org.hosts[0]", /web claims it already/, [...apps, "user-org", "hosts"], ["app"]),
  plant("holdfast:apps.backend.hosts[0]", /Wanted a host/, [...apps, "backend", "hosts"], ["*.example.com"]),
  plant("holdfast:apps.backend.imag", /Did you mean image\?/, [...apps, "backend", "imag"], "x:1"),
  plant(
    "holdfast:apps.api-router.replicas.min",
    /above max, which is 10/,
    [...apps, "api-router", "replicas", "min"],
    12,
  ),
  plant("holdfast:apps.analytics.image", /No tag and no digest/, [...apps, "analytics", "image"], "podinfo"),
  plant("holdfast:apps.analytics.enabled", /Wanted true or false/, [...apps, "analytics", "enabled"], "no"),
  plant(
    "holdfast:apps.analytics.settings.LEVELS",
    /Wanted a string, a number/,
    [...apps, "analytics", "settings", "LEVELS"],
    ["a"],
  ),
  plant(
    "holdfast:apps.analytics.settings.DB_PASSWORD",
    /Move it to holdfast:secrets/,
    [...apps, "analytics", "settings", "DB_PASSWORD"],
    "hunter2",
  ),
  plant(
    "holdfast:apps.analytics.settings.DATABASE",
    /holds a password/,
    [...apps, "analytics", "settings", "DATABASE"],
    "postgres://a:hunter2@db/a",
  ),
  plant(
    "holdfast:apps.web.settings.SEALED",
    /an encrypted value.*Only holdfast:secrets/s,
    [...apps, "web", "settings", "SEALED"],
    { secure: "v1:abc" },
  ),
  plant(
    "holdfast:secrets.web.api-key",
    /a plain value.*pulumi config set --secret/s,
    ["config", "holdfast:secrets", "web", "api-key"],
    "hunter2",
  ),
  plant("holdfast:secrets.web.cookie-key", /generates this one/, ["config", "holdfast:secrets", "web", "cookie-key"], {
    secure: "v1:a",
  }),
  plant("holdfast:secrets.wbe", /Did you mean web\?/, ["config", "holdfast:secrets", "wbe"], { a: { secure: "v1:a" } }),
  plant(
    'holdfast:secrets.backend["../key"]',
    /Wanted a file's name/,
    ["config", "holdfast:secrets", "backend", "../key"],
    { secure: "v1:a" },
  ),
  plant(
    "linode:token",
    /a plain value.*pulumi config set --secret linode:token/s,
    ["config", "linode:token"],
    "hunter2",
  ),
  plant("aws:secretKey", /nobody's setting/, ["config", "aws:secretKey"], "hunter2"),
  plant("linode:tokn", /Did you mean linode:token\?/, ["config", "linode:tokn"], "x"),
  plant(
    "pulumi:disable-default-providers",
    /It guards every stack, from Pulumi.yaml/,
    ["config", "pulumi:disable-default-providers"],
    [],
  ),
  plant("cloud", /Write holdfast:cloud/, ["config", "cloud"], "linode"),
  plant("holdfast:apps", /below config:, indented/, ["holdfast:apps"], {}),
  plant("confg", /Did you mean config\?/, ["confg"], {}),
];

/** Mistakes that another section must be sound for, or that make others wrong, so that each is planted alone. */
export const alone: readonly Plant[] = [
  plant("holdfast:apps.vllm.replicas.max", /have 2 at most: at most 2/, [...apps, "vllm", "replicas"], {
    min: 1,
    max: 3,
  }),
  plant("holdfast:cloud", /missing.*Required/s, ["config", "holdfast:cloud"], undefined),
  plant("holdfast:cluster", /missing.*Required/s, ["config", "holdfast:cluster"], undefined),
  plant("holdfast:nodePools", /missing/, ["config", "holdfast:nodePools"], undefined),
  plant("holdfast:nodePools", /a list of 1.*Wanted a map of node pools/s, ["config", "holdfast:nodePools"], [{}]),
  plant("holdfast:nodePools", /inference pools only/, [...pools, "baseline"], undefined),
  plant("holdfast:domains.base", /missing/, ["config", "holdfast:domains"], {}),
  plant("holdfast:tier", /Did you mean production\?/, ["config", "holdfast:tier"], "prodution"),
  plant("holdfast:cluster.join", /cluster of its own/, cluster, { join: "development" }),
  plant("holdfast:cluster.join", /cannot join itself/, cluster, { join: "production" }),
  plant("holdfast:cluster.members[0]", /the stack itself/, [...cluster, "members"], ["production"]),
  plant("holdfast:cluster.members[1]", /listed twice/, [...cluster, "members"], ["staging", "staging"]),
  plant("holdfast:cluster.controlPlaneAcl", /missing.*Production closes/s, [...cluster, "controlPlaneAcl"], undefined),
  plant("holdfast:cluster.controlPlaneAcl", /no ranges/, [...cluster, "controlPlaneAcl"], { ipv4: [] }),
  plant("holdfast:cluster.controlPlaneAcl.ipv4[0]", /everyone/, [...cluster, "controlPlaneAcl"], {
    ipv4: ["0.0.0.0/0"],
  }),
  plant("holdfast:apps.vllm", /on, with no GPU pool.*g3-gpu-rtxpro6000-blackwell-1/s, [...pools, "gpu"], undefined),
  plant("holdfast:apps.vllm", /nothing.*\{\} takes all defaults/s, [...apps, "vllm"], null),
  plant("holdfast:apps.web.image", /missing.*digest/s, [...apps, "web", "image"], undefined),
  plant("holdfast:apps.web.image", /latest changes/, [...apps, "web", "image"], "podinfo:latest"),
  plant("holdfast:apps", /Wanted a map of services/, apps, "all"),
  plant("holdfast:secrets", /one secret.*services, each with its files/s, ["config", "holdfast:secrets"], {
    secure: "v1:a",
  }),
  plant("holdfast:secrets", /a plain value/, ["config", "holdfast:secrets"], "hunter2"),
  plant(
    "holdfast:namespaces.services.quota.requestsMemory",
    /above limitsMemory/,
    [...quota("services"), "requestsMemory"],
    "2Ti",
  ),
  plant(
    "holdfast:namespaces.services.quota.limitsCpu",
    /need \d+ at their fewest/,
    [...quota("services"), "limitsCpu"],
    "1",
  ),
  plant(
    "holdfast:namespaces.services.quota.requestsMemory",
    /need 5\dGi at their fewest/,
    [...quota("services"), "requestsMemory"],
    "1Gi",
  ),
  plant("holdfast:namespaces.frontend.quota.pods", /need 3 at their fewest/, [...quota("frontend"), "pods"], 2),
  plant("holdfast:namespaces.services.quota.gpus", /need 2 at their fewest/, [...quota("services"), "gpus"], 0),
  plant("config", /Wanted a map of settings/, ["config"], ["holdfast:cloud"]),
];
