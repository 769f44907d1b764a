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

export const stackResourcesOf = ({ resources }: StackValidationArgs): readonly StackResource[] =>
  resources.map((resource) => ({
    ...resourceOf(resource),
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
