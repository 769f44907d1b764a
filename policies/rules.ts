import type { Rule } from "./core/rule";
import { exemptions } from "./exemptions";
import { forbidServiceAccountToken } from "./identity/service-account-token";
import { requireImageDigest } from "./images/image-digest";
import { forbidLatestImage } from "./images/latest-image";
import { requireDefaultDeny } from "./namespaces/default-deny";
import { nameUnknownNamespaces } from "./namespaces/known-namespaces";
import { requirePodSecurityLabel } from "./namespaces/pod-security-label";
import { requireNamespaceLimitRange, requireNamespaceQuota } from "./namespaces/quota";
import { forbidReservedNamespaces } from "./namespaces/reserved-namespaces";
import { podSecurity } from "./pod-security";
import { requireResourceLimits, requireResourceRequests } from "./resources/container-resources";
import { forbidSecretEnvReferences } from "./secrets/secret-env-references";
import { forbidSecretLiterals } from "./secrets/secret-literals";
import { forbidUnseenObjects } from "./visibility/unseen-objects";
import { forbidUnusedExemptions } from "./visibility/unused-exemptions";

const aboutObjects: readonly Rule[] = [
  ...podSecurity,
  requireResourceRequests,
  requireResourceLimits,
  forbidSecretEnvReferences,
  forbidSecretLiterals,
  requireImageDigest,
  forbidLatestImage,
  forbidReservedNamespaces,
  requirePodSecurityLabel,
  requireNamespaceQuota,
  requireNamespaceLimitRange,
  requireDefaultDeny,
  nameUnknownNamespaces,
  forbidServiceAccountToken,
  forbidUnseenObjects,
];

/** Every rule of the pack, in the order in which they are judged and documented. */
export const rules: readonly Rule[] = [...aboutObjects, forbidUnusedExemptions(exemptions, aboutObjects)];
