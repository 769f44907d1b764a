import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

import type { Properties } from "../providers/values";
import { takeOwnership } from "./owner";
import { keyText, type InventoryRecord, type RecordKey } from "./record";
import { Seal } from "./seal";

/** A line of the journal: a record as it now is, or the key of one that is gone. */
type Entry =
  { readonly put: Omit<InventoryRecord, "secrets">; readonly sealed?: string } | { readonly gone: RecordKey };

export interface InventoryOptions {
  /** For those who only look: needs no sole use of the directory. @default false */
  readonly readOnly?: boolean;
}

/**
 * What the stand-in cloud has, apart from what Pulumi believes it has. Kept in memory and written to a journal, one
 * line a change before the change is answered, so that nothing is lost when the process is killed. (It is not synced to
 * the medium: a machine that loses power may lose the last changes.) Opening rewrites the journal to what still is.
 */
export class Inventory {
  private readonly records = new Map<string, InventoryRecord>();
  private readonly journal: number | undefined;
  private readonly seal: Seal;
  private readonly owner: { release(): void } | undefined;

  private constructor(directory: string, readOnly: boolean) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.owner = readOnly ? undefined : takeOwnership(join(directory, "owner"));
    this.seal = Seal.fromFile(join(directory, "key"));
    const path = join(directory, "journal.jsonl");
    this.load(path);
    if (!readOnly) {
      const draft = `${path}.new`;
      writeFileSync(
        draft,
        this.list()
          .map((record) => this.line(record))
          .join(""),
        { mode: 0o600 },
      );
      renameSync(draft, path);
      this.journal = openSync(path, "a", 0o600);
    }
  }

  /**
   * The inventory in this directory, made if it isn't there.
   * @throws when another living process has it open, or a line of its journal cannot be read
   */
  static open(directory: string, { readOnly = false }: InventoryOptions = {}): Inventory {
    return new Inventory(directory, readOnly);
  }

  close(): void {
    if (this.journal === undefined) return;
    closeSync(this.journal);
    this.owner?.release();
  }

  get(key: RecordKey): InventoryRecord | undefined {
    return this.records.get(keyText(key));
  }

  /** In the order in which they came. */
  list(filter: Partial<Pick<InventoryRecord, "type" | "scope" | "label">> = {}): InventoryRecord[] {
    const wanted = Object.entries(filter) as [keyof typeof filter, string][];
    return [...this.records.values()].filter((record) => wanted.every(([name, value]) => record[name] === value));
  }

  /** Makes the record, or replaces the one with its key. */
  put(record: InventoryRecord): void {
    this.write(this.line(record));
    this.records.set(keyText(record), record);
  }

  /** Changes some properties, as somebody does in the cloud's own console. @throws when there is no such record */
  patch(key: RecordKey, properties: Properties): void {
    const record = this.get(key);
    if (record === undefined) throw new Error(`${key.type} ${key.id}: not in the inventory`);
    this.put({ ...record, properties: { ...record.properties, ...properties } });
  }

  /** Whether there was one. */
  remove(key: RecordKey): boolean {
    const { type, id, scope } = key;
    if (!this.records.has(keyText(key))) return false;
    const gone = scope === undefined ? { type, id } : { type, id, scope };
    this.write(`${JSON.stringify({ gone } satisfies Entry)}\n`);
    return this.records.delete(keyText(key));
  }

  /** An id of digits that nothing of this type has. */
  newId(type: string): string {
    for (;;) {
      const id = String(100_000 + Math.floor(Math.random() * 900_000));
      if (!this.records.has(keyText({ type, id }))) return id;
    }
  }

  private line(record: InventoryRecord): string {
    const { secrets, ...put } = record;
    const sealed = secrets === undefined ? {} : { sealed: this.seal.close(JSON.stringify(secrets)) };
    return `${JSON.stringify({ put, ...sealed } satisfies Entry)}\n`;
  }

  private write(line: string): void {
    if (this.journal === undefined) throw new Error("This inventory is open for reading only.");
    writeSync(this.journal, line);
  }

  private load(path: string): void {
    const lines = readLines(path);
    // A line without its end was being written when the process was killed: that change was never answered.
    lines.pop();
    for (const [index, line] of lines.entries()) {
      try {
        this.apply(JSON.parse(line) as Entry);
      } catch (error) {
        throw new Error(`${path}:${index + 1}: cannot be read. Delete the directory to start with an empty cloud.`, {
          cause: error,
        });
      }
    }
  }

  private apply(entry: Entry): void {
    if ("gone" in entry) {
      this.records.delete(keyText(entry.gone));
      return;
    }
    const { put, sealed } = entry;
    const record = sealed === undefined ? put : { ...put, secrets: JSON.parse(this.seal.open(sealed)) as Properties };
    this.records.set(keyText(record), record);
  }
}

const readLines = (path: string): string[] => {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};
