import type { WriteManifests } from "../programs/written";
import { answer, measure, task } from "./answer";

export interface ManifestsTask {
  readonly by: "holdfast" | "cdk8s-plus";
  readonly count: number;
}

export interface ManifestsResult {
  /** From the first construct to the text, without what loading the libraries takes. */
  readonly seconds: number;
  readonly objects: number;
}

const load: Readonly<Record<ManifestsTask["by"], () => Promise<{ readonly write: WriteManifests }>>> = {
  holdfast: () => import("../programs/our-manifests"),
  "cdk8s-plus": () => import("../peers/cdk8s-services"),
};

measure(async () => {
  const { by, count } = task() as ManifestsTask;
  const { write } = await load[by]();
  const { manyServices } = await import("../programs/services");
  const services = manyServices(count);
  const began = performance.now();
  const text = await write(services);
  const seconds = (performance.now() - began) / 1000;
  answer({ seconds, objects: text.match(/^kind: /gm)?.length ?? 0 } satisfies ManifestsResult);
});
