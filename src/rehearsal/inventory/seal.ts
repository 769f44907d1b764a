import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Keeps text from being read on disk without the key file beside it: AES-256-GCM. */
export class Seal {
  private constructor(private readonly key: Buffer) {}

  /** With the key in this file, which is made on first use and only its owner may read. */
  static fromFile(path: string): Seal {
    try {
      return new Seal(readKey(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, randomBytes(keyBytes), { mode: 0o600 });
    try {
      // A link fails where a rename would replace the key that another process has just made and used.
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      unlinkSync(draft);
    }
    return new Seal(readKey(path));
  }

  close(text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
  }

  /** @throws when the text was sealed with another key, or changed since */
  open(sealed: string): string {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  }
}

const readKey = (path: string): Buffer => {
  const key = readFileSync(path);
  if (key.length !== keyBytes) throw new Error(`${path}: found ${key.length} bytes, wanted a key of ${keyBytes}`);
  return key;
};
