import type { HostedStorageClass } from "../../cluster-host";

/** What Linode offers that programs ask for by name, as of November 2026. */

/** Regions with LKE, and the country of each. */
export const regions: Readonly<Record<string, string>> = {
  "ap-northeast": "jp",
  "ap-south": "sg",
  "ap-southeast": "au",
  "ap-west": "in",
  "au-mel": "au",
  "br-gru": "br",
  "ca-central": "ca",
  "de-fra-2": "de",
  "es-mad": "es",
  "eu-central": "de",
  "eu-west": "gb",
  "fr-par": "fr",
  "gb-lon": "gb",
  "id-cgk": "id",
  "in-bom-2": "in",
  "in-maa": "in",
  "it-mil": "it",
  "jp-osa": "jp",
  "jp-tyo-3": "jp",
  "nl-ams": "nl",
  "se-sto": "se",
  "sg-sin-2": "sg",
  "us-central": "us",
  "us-east": "us",
  "us-iad": "us",
  "us-lax": "us",
  "us-mia": "us",
  "us-ord": "us",
  "us-sea": "us",
  "us-southeast": "us",
  "us-west": "us",
};

/** Kubernetes versions that LKE offers, newest first. */
export const lkeVersions: readonly string[] = ["1.35", "1.34", "1.33"];

/** What LKE installs. https://techdocs.akamai.com/cloud-computing/docs/deploy-persistent-volume-claims-on-lke */
export const storageClasses: readonly HostedStorageClass[] = [
  { name: "linode-block-storage", reclaimPolicy: "Delete", isDefault: false },
  { name: "linode-block-storage-retain", reclaimPolicy: "Retain", isDefault: true },
];
