import type { Field } from "./field";

/** What a rule has to say about one place. */
export type Finding = Violation | Undecided;

export interface Violation {
  readonly kind: "violation";
  readonly path: string;
  readonly found: string;
  readonly wanted: string;
}

/** The rule needs a value that is known only after the update. */
export interface Undecided {
  readonly kind: "undecided";
  readonly path: string;
}

/** Collects what one rule finds in one object, each place once. */
export class Judge {
  readonly #findings = new Map<string, Finding>();

  public get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** @param found what to show in place of the value, where the value may be a secret */
  public violation(field: Field, wanted: string, found: string = show(field)): void {
    this.#findings.set(field.path, { kind: "violation", path: field.path, found, wanted });
  }

  public undecided(field: Field): void {
    if (!this.#findings.has(field.path)) this.#findings.set(field.path, { kind: "undecided", path: field.path });
  }

  /** Nothing, or one of what is allowed. */
  public allow(field: Field, allowed: (value: unknown) => boolean, wanted: string): void {
    if (field.isUnknown) this.undecided(field);
    else if (!field.isAbsent && !allowed(field.value)) this.violation(field, wanted);
  }

  /** One of what is allowed, and not nothing. */
  public require(field: Field, allowed: (value: unknown) => boolean, wanted: string): void {
    if (field.isUnknown) this.undecided(field);
    else if (field.isAbsent || !allowed(field.value)) this.violation(field, wanted);
  }
}

export const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

const longestShown = 120;

const show = (field: Field): string => {
  if (field.isUnknown) return "a value known only after the update";
  if (field.isAbsent) return "nothing";
  const text = typeof field.value === "string" ? field.value : JSON.stringify(field.value);
  if (text === "") return '""';
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
};
