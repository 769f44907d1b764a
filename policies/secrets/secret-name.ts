/** What a key is called that holds a secret: its last word, or its last two. */
const secretWords: ReadonlySet<string> = new Set([
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "token",
  "secret",
  "apikey",
  "credential",
  "credentials",
  "api key",
  "access key",
  "secret key",
  "private key",
  "signing key",
  "encryption key",
]);

/**
 * Whether a key's name says that its value is a secret: `DB_PASSWORD`, `clientSecret`, `GITHUB_TOKEN`, `api-key`. One
 * that names where the secret lies (`DB_PASSWORD_FILE`, `SECRET_NAME`), or counts (`MAX_TOKENS`), says no such thing;
 * and `PWD` alone is the working directory.
 */
export const saysSecret = (key: string): boolean => {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  if (words.length === 1 && words[0] === "pwd") return false;
  return secretWords.has(words.at(-1) ?? "") || secretWords.has(words.slice(-2).join(" "));
};

/** A private key in PEM, or a URL with a password that is not itself a reference (`$PASSWORD`, `${PASSWORD}`). */
const secretValue = /-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^\s/:@]*:(?!\$)[^\s/@]+@/;

/** Whether a value is a secret whatever its key is called. */
export const looksSecret = (value: string): boolean => secretValue.test(value);

/** Switches are no secrets, whatever they are called: `REQUIRE_PASSWORD: "true"`. */
export const isSwitch = (value: string): boolean => /^(true|false|yes|no|on|off|)$/i.test(value.trim());
