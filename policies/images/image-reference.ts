import type { Field } from "../core/field";
import type { Pod } from "../core/pod";

/** The images that a pod is made from: its containers', and those mounted as volumes. */
export const imagesOf = ({ containers, spec }: Pod): readonly Field[] => [
  ...containers.map((container) => container.get("image")),
  ...spec
    .get("volumes")
    .items()
    .map((volume) => volume.get("image"))
    .filter((image) => !image.isAbsent)
    .map((image) => image.get("reference")),
];

export interface ImageReference {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** `registry:5000/repository:tag@algorithm:digest`: a colon before the last slash belongs to a port, not a tag. */
export const parseImage = (image: string): ImageReference => {
  const [name = "", digest] = image.split("@", 2);
  const last = name.slice(name.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  return { tag: colon === -1 ? undefined : last.slice(colon + 1), digest };
};

/** Whether a digest is one that registries serve, of its full length. */
export const isDigest = (digest: string | undefined): boolean =>
  digest !== undefined && /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest);
