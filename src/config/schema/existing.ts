import { z } from "zod";

import { count } from "./words";

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelKey = z
  .string()
  .regex(/^([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?\/)?[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/, {
    error: "Wanted a label's key, for example example.com/pool.",
  });
const labelValue = z
  .string({ error: "Wanted a string: quote true, false and numbers." })
  .regex(/^([a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)?$/, {
    error: "Wanted a label's value: at most 63 letters, digits, dashes, dots and _.",
  });
const labels = z.record(labelKey, labelValue).default({});

/** The name of an object of the cluster, as DNS subdomains are written. */
const objectName = z.string().regex(/^(?=.{1,253}$)[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, {
  error: "Wanted the name of a StorageClass; kubectl get storageclass lists the cluster's.",
});

export const existingCluster = z
  .strictObject({
    context: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe("The kubeconfig's context. Default: the one that it names as its current one."),
    storageClasses: z
      .strictObject({
        standard: objectName.describe("The cluster's class for what can be made again, such as a cache."),
        retain: objectName.describe("The cluster's class for data, best one that retains it."),
      })
      .describe("The cluster's own StorageClasses that volumes are made with."),
    nodes: z
      .strictObject({
        general: z
          .strictObject({
            labels: labels.describe("Labels that a node for general work has. Default: any node will do."),
          })
          .default({ labels: {} })
          .describe("Where services run."),
        inference: z
          .strictObject({
            labels: labels.describe("Labels that a GPU node has. Default: none; what offers nvidia.com/gpu is found."),
            gpus: count(1, 1_000).describe("GPUs that this stack may use."),
            vcpus: count(1, 100_000).describe("vCPUs of those nodes together."),
            memoryGiB: count(1, 1_000_000).describe("Memory of those nodes together, in GiB."),
          })
          .optional()
          .describe("The GPU nodes; needed where an inference service is on. They add to the services' quota."),
      })
      .default({ general: { labels: {} } })
      .describe("Which of the cluster's nodes are for this stack."),
    networkPolicyEnforcer: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        "What enforces network policies, where `npm run preflight` finds nothing that it knows: your word for it.",
      ),
  })
  .describe("On cloud existing: what to use of the cluster that is there already.");

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = z.string().regex(/^(?!.*\.\.)[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/, {
  error: "Wanted a bucket's name: 3 to 63 lower-case letters, digits, dashes and dots.",
});

const endpoint = z.string().check(({ value, issues }) => {
  const message = endpointFault(value);
  if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
});

function endpointFault(text: string): string | undefined {
  const wanted = "Wanted the address of an S3 API, for example https://s3.example.com.";
  if (!URL.canParse(text)) return wanted;
  const { protocol, username, password, search, hash } = new URL(text);
  if (username !== "" || password !== "") return "An address holds no credentials. Those go to holdfast:secrets.";
  if (protocol === "http:") return "Models and the key's signatures would travel in the clear. Take https.";
  return protocol === "https:" && search === "" && hash === "" ? undefined : wanted;
}

export const modelStore = z
  .strictObject({
    endpoint: endpoint.describe("The S3 API's address, for example https://s3.example.com."),
    bucket: bucketName.describe("The bucket that holds the folder models/."),
    region: z
      .string()
      .regex(/^[-a-z0-9]{1,63}$/, { error: "Wanted a region's name, for example eu-west-3." })
      .optional()
      .describe("The region that requests are signed for. Default: none, which most S3-compatible stores take."),
  })
  .describe("On cloud existing: the bucket that models come from; needed where an inference service is on.");
