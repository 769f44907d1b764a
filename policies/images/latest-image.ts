import { mandatory, type PodRule } from "../core/rule";
import { imagesOf, isDigest, parseImage } from "./image-reference";

/** Every image with a tag other than `latest`, or a digest. */
export const forbidLatestImage: PodRule = {
  name: "forbid-latest-image",
  scope: "pod",
  group: "images",
  title: "Images say which version they are",
  why: "two nodes could run different versions, and no rollback would know the one before",
  severity: "high",
  fix: "image: repository:1.2.3, or repository@sha256:…",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  enforcement: mandatory,
  judge: (pod, judge) => {
    for (const image of imagesOf(pod)) judge.require(image, saysVersion, "a tag other than latest, or a digest");
  },
};

const saysVersion = (image: unknown): boolean => {
  if (typeof image !== "string") return false;
  const { tag, digest } = parseImage(image);
  return isDigest(digest) || (tag !== undefined && tag !== "" && tag !== "latest");
};
