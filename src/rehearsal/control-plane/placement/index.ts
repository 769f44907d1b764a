export { placementReport, settledPlacement } from "./placement";
export { renderPlacement } from "./render";
export {
  isComplete,
  type NodeUse,
  type PlacementReport,
  type QuotaUse,
  type RefusedWorkload,
  type UnplacedPod,
  type Use,
} from "./report";
