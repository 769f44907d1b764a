import { templateFunction, type TemplateOptions } from "../../../../components/charts/template-call";
import type { ChartRenderer } from "../../charts";
import { UnknownTokenError } from "../errors";
import type { Provider } from "../stand-in";
import { textOf, type Properties } from "../values";
import { isNamespacedKind } from "./kinds";
import { metadataOf, withMetadata } from "./object";

/** The package's functions: charts are rendered by Helm itself. */
export const kubernetesFunctions =
  (charts: ChartRenderer): Provider["invoke"] =>
  async (token, { jsonOpts }) => {
    if (token !== templateFunction) {
      throw new UnknownTokenError(
        `${token}: the rehearsal's kubernetes package has no such function. ` +
          "Add it in src/rehearsal/providers/kubernetes/functions.ts.",
      );
    }
    if (typeof jsonOpts !== "string") throw new Error(`${token}: missing required field 'jsonOpts' of type string`);
    const options = JSON.parse(jsonOpts) as TemplateOptions;
    const objects = await charts.render(options);
    return {
      result: { result: (objects as readonly Properties[]).map((object) => placed(object, options.namespace)) },
    };
  };

/** In the release's namespace where it names none; as the provider does, custom resources are taken for namespaced ones. */
const placed = (object: Properties, namespace: string): Properties =>
  metadataOf(object).namespace === undefined &&
  isNamespacedKind(textOf(object.apiVersion), textOf(object.kind)) !== false
    ? withMetadata(object, { namespace })
    : object;
