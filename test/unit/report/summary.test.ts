import { expect, it } from "vitest";
import type { MissingChart } from "../../../src/rehearsal/charts";
import { renderSummary } from "../../../src/report/summary";

const nothing = { changes: {}, steps: [], violations: [], errors: [], packs: {} };

const summary = (missingCharts: readonly MissingChart[]): string =>
  renderSummary(
    {
      stack: "production",
      first: { preview: nothing, up: nothing, outputs: {} },
      outputs: {},
      unsettled: [],
      seconds: {},
      missingCharts,
    },
    "aws eu-central-1, simulated",
  );

it("names each chart that a rehearsal went without, all that was tried, and where to put its archive", () => {
  const text = summary([
    {
      name: "karpenter",
      version: "1.8.1",
      reason: "oci://registry.invalid/karpenter: no such host; no Go module is known to have it",
      archive: "/cache/charts/karpenter-1.8.1.tgz",
    },
    { name: "tiny", version: "1.0.0", reason: "refused", archive: "/cache/charts/tiny-1.0.0.tgz" },
  ]);
  const section = text.split("\n\n").find((one) => one.startsWith("Not rehearsed\n"));
  expect(section?.split("\n")).toEqual([
    "Not rehearsed",
    "  ! the chart karpenter 1.8.1: its objects were neither made nor judged, for it can't be had here.",
    "      oci://registry.invalid/karpenter: no such host",
    "      no Go module is known to have it",
    "    To rehearse it, put its archive at /cache/charts/karpenter-1.8.1.tgz",
    "  ! the chart tiny 1.0.0: its objects were neither made nor judged, for it can't be had here.",
    "      refused",
    "    To rehearse it, put its archive at /cache/charts/tiny-1.0.0.tgz",
  ]);
});

it("says nothing of charts where none was missed", () => {
  expect(summary([])).not.toContain("Not rehearsed");
});
