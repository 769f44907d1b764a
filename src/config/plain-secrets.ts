/** Words that make a setting's name that of a secret. */
const secretWords = /^(password|passwd|pwd|passphrase|token|secret|credentials?|apikey|kubeconfig)$/;
const secretPairs = /(^|_)((api|private|access|secret|signing|encryption|master|account|storage)_key)(_|$)/;
/** Last words that say the value only points to a secret, or counts something. */
const harmlessEndings =
  /^(file|path|dir|name|id|ttl|seconds|minutes|hours|days|length|limit|count|url|uri|issuer|audience|type)$/;

/** Whether a key is named as a secret is: DB_PASSWORD, apiKey, clientSecret; not TOKEN_TTL, PASSWORD_FILE or MAX_TOKENS. */
export function looksSecret(name: string): boolean {
  const words = name
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  if (harmlessEndings.test(words.at(-1) ?? "")) return false;
  return words.some((word) => secretWords.test(word)) || secretPairs.test(words.join("_"));
}

/** What is wrong with a setting that is, or holds, a secret; undefined for the others. */
export function secretSetting(name: string, value: string): string | undefined {
  if (looksSecret(name)) return `A ConfigMap is not a place for a secret. Move it to holdfast:secrets, ${howTo}`;
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value))
    return `This is a private key. Move it to holdfast:secrets, ${howTo}`;
  if (issuedKey.test(value)) return `This looks like an issued key or token. Move it to holdfast:secrets, ${howTo}`;
  // The user part alone is no secret.
  if (/:\/\/[^/\s:@]*:[^/\s@]+@/.test(value))
    return `This address holds a password. Move it to holdfast:secrets, ${howTo}`;
  return undefined;
}

/** Keys of issuers that mark theirs: GitHub, GitLab, Stripe, Slack, AWS, Hugging Face, OpenAI and its like. */
const issuedKey =
  /\b(gh[opsur]_|github_pat_|glpat-|[sr]k_live_|xox[abpr]-|AKIA(?=[A-Z0-9]{16}\b)|hf_(?=[A-Za-z]{30})|sk-(?=[-\w]{0,60}\d))[-\w]{14,}/;

const howTo = "with `pulumi config set --secret --path 'holdfast:secrets.<service>.<file>'`.";

/** Whether this is how Pulumi writes an encrypted value into a stack file. */
export function isSealed(value: unknown): value is { readonly secure: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    typeof (value as { secure?: unknown }).secure === "string"
  );
}
