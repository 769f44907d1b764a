import type { PolicyResource, ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { Report } from "./evaluate";
import type { Resource } from "./kubernetes-object";
import type { StackResource } from "./stack-view";

/**
 * Properties as the engine sent them. The SDK hands out proxies that throw on the first unknown value that is read, and
 * then leaves the whole policy out; a property's descriptor is the value itself.
 */
const rawProperties = (props: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(props)).map(([key, { value }]) => [key, value as unknown]),
  );

/** The resource that a request of the engine is about. */
export const resourceOf = ({
  type,
  name,
  urn,
  props,
  provider,
}: ResourceValidationArgs | PolicyResource): Resource => ({
  type,
  name,
  urn,
  props: rawProperties(props),
  ...(provider === undefined ? {} : { provider: rawProperties(provider.props) }),
});

/**
 * The inputs of each resource, by URN, as the engine showed them one by one before it showed the stack. At the preview of
 * a stack whose cluster isn't there yet the Kubernetes provider can't be configured, and the engine has no outputs of any of
 * its objects: without the inputs, every rule over the stack would look at empty objects.
 */
export class InputsSeen {
  readonly #inputs = new Map<string, Resource["props"]>();

  public note(resource: Resource): Resource {
    if (resource.type.startsWith("kubernetes:")) this.#inputs.set(resource.urn, resource.props);
    return resource;
  }

  /** The resource with its inputs, where it has no outputs. */
  public completed(resource: Resource): Resource {
    const inputs = this.#inputs.get(resource.urn);
    return inputs === undefined || Object.keys(resource.props).length > 0 ? resource : { ...resource, props: inputs };
  }
}

export const stackResourcesOf = ({ resources }: StackValidationArgs, seen: InputsSeen): readonly StackResource[] =>
  resources.map((resource) => ({
    ...seen.completed(resourceOf(resource)),
    metadataFrom: (resource.propertyDependencies["metadata"] ?? []).map(({ urn }) => urn),
  }));

/**
 * The SDK's own type of `report` takes a message, puts the policy's description before it, and gives it the policy's
 * level. It also takes an object, as a message of its own with a level of its own; the tests run this with the engine.
 */
type ReportDetails = (details: { message: string; urn: string; enforcementLevel?: "advisory" }) => void;

export const tell = (report: ReportViolation, reports: readonly Report[]): void => {
  const reportDetails = report as unknown as ReportDetails;
  for (const { message, urn, advisory } of reports) {
    reportDetails({ message, urn, ...(advisory ? { enforcementLevel: "advisory" } : {}) });
  }
};
