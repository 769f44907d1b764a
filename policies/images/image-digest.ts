import { environments } from "../core/environment";
import type { PodRule } from "../core/rule";
import { imagesOf, isDigest, parseImage } from "./image-reference";

/** Every image by digest, in production: a tag may be moved, and a digest may not. */
export const requireImageDigest: PodRule = {
  name: "require-image-digest",
  scope: "pod",
  group: "images",
  title: "Images are pinned by digest in production",
  why: "whoever can push the tag could change what runs",
  severity: "high",
  fix: "image: repository@sha256:…, the digest that the tag has now",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  enforcement: { development: "off", staging: "advisory", production: "mandatory" },
  settings: {
    properties: {
      environment: {
        type: "string",
        enum: [...environments],
        description: "Judge the stack as this environment, where its name says none or another.",
      },
    },
  },
  judge: (pod, judge) => {
    for (const image of imagesOf(pod)) {
      judge.require(image, (text) => typeof text === "string" && isDigest(parseImage(text).digest), "…@sha256:…");
    }
  },
};
