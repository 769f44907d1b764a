/** What the engine sends in place of a value that is known only after the update, by the value's type. */
const unknownValues: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A key that holds a dot or a slash, as labels do, would read as several. */
const pathSegment = (key: string): string => (/[./]/.test(key) ? `[${key}]` : key);

/**
 * A place in an object's properties: known, unknown before the update, or absent. Below an unknown place everything is
 * that same unknown place, so that what cannot be decided is reported where the unknown stands. As in Kubernetes, null
 * is absent.
 */
export class Field {
  readonly #parent: Field | undefined;
  readonly #key: string;

  private constructor(
    public readonly value: unknown,
    parent: Field | undefined,
    key: string,
  ) {
    this.#parent = parent;
    this.#key = key;
  }

  public static root(value: unknown): Field {
    return new Field(value, undefined, "");
  }

  public get isUnknown(): boolean {
    return unknownValues.has(this.value);
  }

  public get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** As a person would write it: `spec.template.spec.containers[nginx].image`. */
  public get path(): string {
    const above = this.#parent?.path ?? "";
    return above === "" || this.#key.startsWith("[") ? above + this.#key : `${above}.${this.#key}`;
  }

  public get(...keys: readonly string[]): Field {
    return keys.reduce<Field>((field, key) => field.#child(key), this);
  }

  #child(key: string): Field {
    return this.isUnknown
      ? this
      : new Field(isObject(this.value) ? this.value[key] : undefined, this, pathSegment(key));
  }

  /** The elements of an array, called by their names where they have one; an unknown array is its own only element. */
  public items(): readonly Field[] {
    if (this.isUnknown) return [this];
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item: unknown, index) => {
      const unnamed = new Field(item, this, `[${index}]`);
      const name = unnamed.get("name").text;
      return name === undefined ? unnamed : new Field(item, this, `[${name}]`);
    });
  }

  /** The entries of a map that are set, by key; of an unknown map nothing is known. */
  public entries(): readonly (readonly [key: string, field: Field])[] {
    if (!isObject(this.value)) return [];
    return Object.entries(this.value)
      .map(([key, value]) => [key, new Field(value, this, pathSegment(key))] as const)
      .filter(([, field]) => !field.isAbsent);
  }

  /** The value where it is known text. */
  public get text(): string | undefined {
    return typeof this.value === "string" && !this.isUnknown ? this.value : undefined;
  }
}
