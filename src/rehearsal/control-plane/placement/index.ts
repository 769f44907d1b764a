export { placementReport, settledPlacement } from "./placement";
export { renderPlacement } from "./render";
export {
  isComplete,
  type MissingPods,
  type NodeUse,
  type PlacementReport,
  type QuotaUse,
  type UnplacedPod,
  type Use,
} from "./report";
