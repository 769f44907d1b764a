import { z } from "zod";

import { describe, keyPath, suggest, type Mistake, type PathSegment } from "./mistake";

/** What came of checking one value: the value with its defaults, or what is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  /** `sound` are the keys of a map that are right by themselves, so that more can be said of them in the same report. */
  | { readonly ok: false; readonly sound: Partial<T> };

/** What a list that a cloud may have outgrown says of a value; `doubtful` is for a warning. */
export type Verdict = { readonly kind: "fine" } | { readonly kind: "wrong" | "doubtful"; readonly help: string };

/** Collects the mistakes of one stack, section by section, and what is only doubtful. */
export class Checker {
  public readonly mistakes: Mistake[] = [];
  public readonly warnings: Mistake[] = [];

  /** Checks one value against its schema; its mistakes are reported below `root`. */
  public check<T>(schema: z.ZodType<T>, value: unknown, root: string, options: CheckOptions = {}): Checked<T> {
    const result = schema.safeParse(value, { reportInput: true, error: wanted });
    if (result.success) return { ok: true, value: result.data };
    for (const issue of result.error.issues) this.mistakes.push(...toMistakes(issue, schema, root, options));
    return { ok: false, sound: soundKeys(schema, value) };
  }

  /**
   * Checks each entry of a map by itself, so that a mistake in one does not hide what is said of the others. `schemaOf`
   * answers with what to say where a key is not known.
   */
  public checkEach<T>(map: EntrySchemas<T>, value: unknown, root: string): ReadonlyMap<string, Checked<T>> {
    if (!isMap(value)) {
      this.mistakes.push({ path: root, found: show(value, map.options), help: `Wanted a map of ${map.of}.` });
      return new Map();
    }
    const checked = new Map<string, Checked<T>>();
    for (const [key, entry] of Object.entries(value)) {
      const path = keyPath(root, [key]);
      const schema = map.schemaOf(key);
      if (schema instanceof z.ZodType) {
        checked.set(key, this.check(schema, entry, path, map.options));
      } else {
        this.mistakes.push({ path, found: schema.found, help: schema.help });
        checked.set(key, { ok: false, sound: {} });
      }
    }
    return checked;
  }

  public add(path: string, found: string, help: string): void {
    this.mistakes.push({ path, found, help });
  }

  /** Takes over what a list says of a value: a mistake, a warning, or nothing. */
  public judge(path: string, found: string, verdict: Verdict): void {
    if (verdict.kind === "fine") return;
    (verdict.kind === "wrong" ? this.mistakes : this.warnings).push({ path, found, help: verdict.help });
  }
}

export interface CheckOptions {
  /** Values are never shown, because they may be secrets. */
  readonly hideValues?: boolean;
}

export interface EntrySchemas<T> {
  /** What the entries are, in the plural. */
  readonly of: string;
  readonly schemaOf: (key: string) => z.ZodType<T> | { readonly found: string; readonly help: string };
  readonly options?: CheckOptions;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function soundKeys<T>(schema: z.ZodType<T>, value: unknown): Partial<T> {
  const bare = unwrap(schema);
  const sound: Partial<Record<string, unknown>> = {};
  if (isMap(value)) {
    const keys = bare instanceof z.ZodObject ? Object.keys(bare.shape) : Object.keys(value);
    for (const key of keys) {
      const field = schemaOfKey(bare, key);
      const result = field?.safeParse(value[key]);
      if (field !== undefined && result?.success === true) sound[key] = result.data;
      else if (field !== undefined && unwrap(field) instanceof z.ZodRecord) sound[key] = soundKeys(field, value[key]);
    }
  }
  // Each key holds what its own field of the schema made of it.
  return sound as Partial<T>;
}

/** What is wanted, where the schema itself does not say it in words of its own. */
function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? sentence(`Required: ${about(issue.inst) ?? kinds[issue.expected] ?? issue.expected}`)
        : `Wanted ${kinds[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return issue.input === undefined
        ? sentence(`Required: ${about(issue.inst) ?? issue.values.join(", ")}`)
        : undefined;
    case "too_big":
      return `At most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}.`;
    case "too_small":
      return `At least ${issue.minimum}${issue.origin === "string" ? " characters" : ""}.`;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a map",
  record: "a map",
  array: "a list",
};

function about(schema: unknown): string | undefined {
  return schema instanceof z.ZodType ? schema.description?.replace(/^./, (c) => c.toLowerCase()) : undefined;
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

function toMistakes(issue: z.core.$ZodIssue, schema: z.ZodType, root: string, options: CheckOptions): Mistake[] {
  const path = issue.path.map((segment) => (typeof segment === "symbol" ? segment.toString() : segment));
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => ({
      path: keyPath(root, [...path, key]),
      found: "no such key",
      help: suggest(key, known),
    }));
  }
  const found = issue.code === "invalid_key" ? "not a name" : show(issue.input, options);
  // The key itself is at fault, for which only the inner issue has the words.
  const help = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ path: keyPath(root, path), found, help }];
}

/** What stands there; a hidden value only by its kind. */
function show(value: unknown, options: CheckOptions = {}): string {
  const plain = value !== undefined && value !== null && typeof value !== "object";
  return options.hideValues === true && plain ? "a plain value" : describe(value);
}

/** The keys of the map that stands at this path of a schema. */
function knownKeys(schema: z.ZodType, path: readonly PathSegment[]): string[] {
  const [segment, ...rest] = path;
  const bare = unwrap(schema);
  if (segment === undefined) return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
  const next = schemaOfKey(bare, String(segment));
  return next === undefined ? [] : knownKeys(next, rest);
}

/** The schema of what stands at a key of a map. */
function schemaOfKey(bare: z.ZodType, key: string): z.ZodType | undefined {
  const field: unknown =
    bare instanceof z.ZodObject
      ? (bare.shape as Record<string, unknown>)[key]
      : bare instanceof z.ZodRecord && bare.keyType instanceof z.ZodType && bare.keyType.safeParse(key).success
        ? bare.valueType
        : undefined;
  return field instanceof z.ZodType ? field : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const inner: unknown = schema.unwrap();
    if (inner instanceof z.ZodType) return unwrap(inner);
  }
  return schema;
}
