import * as k8s from "@pulumi/kubernetes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clouds } from "../../../components/shared";
import {
  snapshotClassNames,
  snapshotFrequencies,
  snapshotLabel,
  snapshotLabels,
  snapshotPlan,
  SnapshotSchedules,
  snapshotScheduleSpec,
  snapshotSpecs,
  VolumeSnapshotClasses,
  volumeSpecs,
} from "../../../components/storage";
import { volumeClaim } from "../../../components/workload";
import { record } from "./recorder";

const withSnapshots = clouds.filter((cloud) => snapshotSpecs[cloud] !== undefined);

const made = async (make: (options: { provider: k8s.Provider }) => unknown) =>
  (await record(() => make({ provider: new k8s.Provider("kubernetes", { kubeconfig: "other" }) }))).resources.filter(
    ({ type }) => type.startsWith("kubernetes:snap"),
  );

describe("snapshot classes", () => {
  it.each(withSnapshots)("on %s are of the driver that makes the volumes", async (cloud) => {
    const classes = await made((options) => new VolumeSnapshotClasses("snapshots", { cloud }, options));
    expect(classes.map(({ inputs }) => inputs["driver"])).toEqual(
      [volumeSpecs[cloud].standard, volumeSpecs[cloud].retain].map(({ provisioner }) => provisioner),
    );
  });

  it.each(withSnapshots)(
    "on %s keep what is taken by hand, and let schedules forget: one is the default",
    async (cloud) => {
      const classes = await made((options) => new VolumeSnapshotClasses("snapshots", { cloud }, options));
      const seen = classes.map(({ inputs }) => {
        const { name, annotations } = inputs["metadata"] as { name: string; annotations: Record<string, string> };
        return [name, inputs["deletionPolicy"], annotations["snapshot.storage.kubernetes.io/is-default-class"]];
      });
      expect(seen).toEqual([
        ["holdfast-standard", "Delete", "false"],
        ["holdfast-retain", "Retain", "true"],
      ]);
    },
  );

  it("are none on Linode, whose driver takes no snapshots", async () => {
    await expect(
      made((options) => new VolumeSnapshotClasses("snapshots", { cloud: "linode" }, options)),
    ).rejects.toThrow(/cloud.*linode has none of; aws and azure have.*object storage/s);
  });
});

describe("a claim that asks for snapshots", () => {
  const frequency = fc.constantFrom(...snapshotFrequencies);
  const claim = { name: "data", storageClass: "holdfast-retain", size: "10Gi" };

  it("is selected by the schedule that it asks for, and by no other", () => {
    fc.assert(
      fc.property(fc.constantFrom(...withSnapshots), frequency, fc.boolean(), (cloud, every, production) => {
        const { labels } = volumeClaim({ ...claim, snapshots: { cloud, every } }).metadata as {
          labels: Record<string, string>;
        };
        const selecting = snapshotFrequencies.filter((one) => {
          const spec = snapshotScheduleSpec(one, { production, snapshotClass: snapshotClassNames.standard });
          return Object.entries(spec.claimSelector.matchLabels).every(([key, value]) => labels[key] === value);
        });
        expect(selecting).toEqual([every]);
      }),
    );
  });

  it("is without the label where it asks for none, so that no schedule selects it", () => {
    expect(volumeClaim(claim).metadata).toEqual({ name: "data" });
    expect(snapshotLabels("linode", undefined)).toEqual({});
  });

  it("is a mistake on Linode, at its key, with what to do instead", () => {
    expect(() => volumeClaim({ ...claim, snapshots: { cloud: "linode", every: "daily" } })).toThrow(
      expect.objectContaining({ propertyPath: "snapshots", reason: expect.stringMatching(/object storage/) as string }),
    );
  });
});

describe("the schedules", () => {
  it("stand in each namespace of the environment, one of each kind", async () => {
    const namespaces = { data: "test-data", services: "test-services" };
    const schedules = await made(
      (options) =>
        new SnapshotSchedules(
          "snapshots",
          { namespaces, snapshotClass: snapshotClassNames.standard, after: [] },
          options,
        ),
    );
    const places = schedules.map(({ inputs }) => {
      const { name, namespace } = inputs["metadata"] as { name: string; namespace: string };
      return `${namespace}/${name}`;
    });
    expect(places.sort()).toEqual(
      Object.values(namespaces)
        .flatMap((namespace) => snapshotFrequencies.map((every) => `${namespace}/${every}`))
        .sort(),
    );
  });

  it.each(snapshotFrequencies)("take the %s ones as the scheduler's definition allows", (every) => {
    // The pattern and the minimum of snapscheduler's own definition.
    const cron = /^(@(annually|yearly|monthly|weekly|daily|hourly))|((((\d+,)*\d+|(\d+(\/|-)\d+)|\*(\/\d+)?)\s?){5})$/;
    for (const production of [true, false]) {
      const { schedule, retention, snapshotTemplate } = snapshotScheduleSpec(every, {
        production,
        snapshotClass: snapshotClassNames.standard,
      });
      expect(schedule).toMatch(cron);
      expect(schedule.split(" ")).toHaveLength(5);
      expect(retention.maxCount).toBe(snapshotPlan(every, production).keep);
      expect(snapshotTemplate.labels).toEqual({ [snapshotLabel]: every });
    }
  });

  it("come as often as they are called", () => {
    const parts = (every: (typeof snapshotFrequencies)[number]) => snapshotPlan(every, true).schedule.split(" ");
    const fixed = (every: (typeof snapshotFrequencies)[number]) => parts(every).map((part) => part !== "*");
    expect(fixed("hourly")).toEqual([true, false, false, false, false]);
    expect((["daily", "weekly"] as const).map(fixed)).toEqual([
      [true, true, false, false, false],
      [true, true, false, false, true],
    ]);
  });

  it("wait for what serves them, and keep production's amount unless told otherwise", async () => {
    const schedules = await made((options) => {
      const first = new k8s.core.v1.ConfigMap("first", { metadata: { name: "first" } }, options);
      const args = { namespaces: { data: "test-data" }, snapshotClass: snapshotClassNames.standard };
      return new SnapshotSchedules("snapshots", { ...args, after: [first] }, options);
    });
    expect(schedules.length).toBeGreaterThan(0);
    for (const { inputs, dependencies } of schedules) {
      const { name } = inputs["metadata"] as { name: (typeof snapshotFrequencies)[number] };
      expect(dependencies.some((urn) => urn.endsWith("::first"))).toBe(true);
      expect(inputs["spec"]).toMatchObject({ retention: { maxCount: snapshotPlan(name, true).keep } });
    }
  });

  it("keep more in production, and of no disk more than Azure allows", () => {
    for (const every of snapshotFrequencies) {
      expect(snapshotPlan(every, true).keep).toBeGreaterThan(snapshotPlan(every, false).keep);
      expect(snapshotPlan(every, true).keep).toBeLessThanOrEqual(500);
    }
  });
});
