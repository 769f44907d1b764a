/** A Kubernetes object as Helm rendered it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>> | null;
  };
}

/**
 * In which order a chart's objects are made; each wave waits until the one before it is there.
 * - `definitions`: custom resource definitions and namespaces, since others are of those kinds and in those namespaces.
 * - `objects`: everything else.
 * - `callbacks`: what makes the API server call the chart's own pods. Made earlier, they would refuse objects, the
 *   chart's own among them, until those pods run.
 */
export type Wave = (typeof waves)[number];
export const waves = ["definitions", "objects", "callbacks"] as const;

/** An object that is to be a resource. */
export interface ChartObject {
  /** In Pulumi: unique among resources of its type. */
  readonly name: string;
  /** The type token, as the SDK's own class for the kind has it. */
  readonly type: string;
  readonly wave: Wave;
  readonly object: RenderedObject;
}

/**
 * What is made of a rendered chart.
 * - Lists are taken apart.
 * - Hooks of install and upgrade are objects like any other, in the order of their wave: Pulumi has no events to run them
 *   at. Their annotations go, since nothing acts upon them. Hooks that only run when a release is deleted, rolled back or
 *   tested are left out.
 *
 * @param component the resource's name, which leads those of its objects
 * @param namespace where objects go that name none
 * @throws Error for what is no Kubernetes object
 */
export const chartObjects = (
  component: string,
  namespace: string,
  rendered: readonly unknown[],
): readonly ChartObject[] =>
  rendered
    .flatMap(unlisted)
    .filter((object) => !isLeftOut(object))
    .map((object) => ({
      name: [component, ...elsewhere(object, namespace), object.metadata.name].join("/"),
      type: typeOf(object),
      wave: waveOf(object),
      object: withoutHook(object),
    }));

const unlisted = (value: unknown): readonly RenderedObject[] => {
  if (isList(value)) return value.items.flatMap(unlisted);
  if (isRendered(value)) return [value];
  throw new Error(
    `no Kubernetes object with apiVersion, kind and metadata.name: ${JSON.stringify(value).slice(0, 200)}`,
  );
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is { readonly items: readonly unknown[] } =>
  isRecord(value) &&
  typeof value["kind"] === "string" &&
  value["kind"].endsWith("List") &&
  Array.isArray(value["items"]);

const isRendered = (value: unknown): value is RenderedObject =>
  isRecord(value) &&
  typeof value["apiVersion"] === "string" &&
  typeof value["kind"] === "string" &&
  isRecord(value["metadata"]) &&
  typeof value["metadata"]["name"] === "string";

const elsewhere = ({ metadata }: RenderedObject, namespace: string): readonly string[] =>
  metadata.namespace === undefined || metadata.namespace === namespace ? [] : [metadata.namespace];

const typeOf = ({ apiVersion, kind }: RenderedObject): string =>
  `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;

/** By `group Kind`, whatever the version. */
const waveByKind: Readonly<Record<string, Wave>> = {
  "apiextensions.k8s.io CustomResourceDefinition": "definitions",
  " Namespace": "definitions",
  "admissionregistration.k8s.io ValidatingWebhookConfiguration": "callbacks",
  "admissionregistration.k8s.io MutatingWebhookConfiguration": "callbacks",
  "apiregistration.k8s.io APIService": "callbacks",
};

const waveOf = ({ apiVersion, kind }: RenderedObject): Wave => {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return waveByKind[`${group} ${kind}`] ?? "objects";
};

const hookAnnotation = "helm.sh/hook";

/** @see https://helm.sh/docs/topics/charts_hooks/ */
const madeHooks: ReadonlySet<string> = new Set([
  "pre-install",
  "post-install",
  "pre-upgrade",
  "post-upgrade",
  "crd-install",
]);

const isLeftOut = ({ metadata }: RenderedObject): boolean => {
  const hook = metadata.annotations?.[hookAnnotation];
  return hook !== undefined && !hook.split(",").some((event) => madeHooks.has(event.trim()));
};

const withoutHook = (object: RenderedObject): RenderedObject => {
  const { annotations } = object.metadata;
  if (annotations?.[hookAnnotation] === undefined) return object;
  const kept = Object.entries(annotations).filter(([key]) => !key.startsWith(hookAnnotation));
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(kept) } };
};
