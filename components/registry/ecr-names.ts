import { createHash } from "node:crypto";
import { inputError } from "../shared";

/**
 * A repository of one service: 2 to 256 characters.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @throws InputPropertyError where the environment or the service gives no such name
 */
export const repositoryName = (environment: string, app: string): string => {
  const name = `${environment}/${app}`;
  if (name.length <= 256 && /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)) return name;
  throw inputError(
    "apps",
    `gives the repository "${name}" (${name.length} characters); allowed are 2 to 256 lower-case letters and digits, ` +
      `with one dot, dash or underscore between them.`,
  );
};

/**
 * Registries that ECR keeps copies of without credentials of ours, by the short name that their images get here. The
 * others, among them ghcr.io and Docker Hub, want a secret in Secrets Manager, which a platform team brings itself.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
export const cachedByEcr = {
  quay: "quay.io",
  k8s: "registry.k8s.io",
  public: "public.ecr.aws",
} as const;

/**
 * What stands before the names of cached images: 2 to 30 characters, unique in an account and region. The environment is
 * cut where it is too long, and told apart by a digest.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
export const cachePrefix = (environment: string, upstream: keyof typeof cachedByEcr): string => {
  const name = `cache-${environment}/${upstream}`;
  if (name.length <= 30 && !environment.includes("--")) return name;
  const digest = createHash("sha256").update(environment).digest("hex").slice(0, 6);
  const start = environment.slice(0, 8).replace(/-+/g, "-").replace(/-$/, "");
  return `cache-${start}-${digest}/${upstream}`;
};
