import { isProperties, type Properties } from "../../values";
import type { ObjectKind } from "../kinds";
import { at } from "../object";

/** What the controllers of a healthy cluster would say of the object; undefined for kinds without status. */
export const statusFor = (
  { group, kind }: ObjectKind,
  object: Properties,
  generation: number,
): Properties | undefined => {
  const replicas = Number(at(object, ["spec", "replicas"]) ?? 1);
  switch (`${group}/${kind}`) {
    case "/Namespace":
      return { phase: "Active" };
    case "/PersistentVolumeClaim":
      return {
        phase: "Bound",
        accessModes: at(object, ["spec", "accessModes"]) ?? [],
        capacity: at(object, ["spec", "resources", "requests"]) ?? {},
      };
    case "/Pod":
      return { phase: "Running", conditions: [condition("Ready")] };
    case "/Service":
      return { loadBalancer: {} };
    case "apps/Deployment":
      return {
        observedGeneration: generation,
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        conditions: [condition("Progressing"), condition("Available")],
      };
    case "apps/StatefulSet":
      return { observedGeneration: generation, replicas, readyReplicas: replicas, updatedReplicas: replicas };
    case "apps/DaemonSet":
      return {
        observedGeneration: generation,
        currentNumberScheduled: 0,
        desiredNumberScheduled: 0,
        numberMisscheduled: 0,
        numberReady: 0,
      };
    case "batch/Job":
      return { succeeded: Number(at(object, ["spec", "completions"]) ?? 1), conditions: [condition("Complete")] };
    case "apiextensions.k8s.io/CustomResourceDefinition":
      return { conditions: [condition("NamesAccepted"), condition("Established")] };
    default:
      return undefined;
  }
};

const condition = (type: string): Properties => ({ type, status: "True" });

/** Fields of the spec that the API server fills in, once, where the object leaves them open. */
export const assigned = ({ group, kind }: ObjectKind, object: Properties, uid: string): Properties | undefined => {
  if (group !== "" || kind !== "Service") return undefined;
  const spec = at(object, ["spec"]);
  if (isProperties(spec) && (spec.clusterIP !== undefined || spec.type === "ExternalName")) return undefined;
  const [high, low] = [Number.parseInt(uid.slice(0, 2), 16), Number.parseInt(uid.slice(2, 4), 16)];
  return { clusterIP: `10.128.${high}.${low}` };
};
