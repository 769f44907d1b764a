import { boolean, list, number, object, oneOf, optional, replacing, required, text } from "../shape";
import type { ResourceEntry } from "../table-package";
import type { Services } from "../stand-in";
import { present, textOf, type Properties } from "../values";
import { bucketLabel, LinodeApiError, region } from "./rules";

const bucketType = "linode:index/objectStorageBucket:ObjectStorageBucket";

export const objectStorageBucket: ResourceEntry = {
  inputs: {
    accessKey: optional(text()),
    acl: optional(text(oneOf("private", "public-read", "authenticated-read", "public-read-write"))),
    cert: optional(object({ certificate: required(text()), privateKey: required(text()) })),
    cluster: replacing(optional(text())),
    corsEnabled: optional(boolean),
    endpointType: replacing(optional(text(oneOf("E0", "E1", "E2", "E3")))),
    label: replacing(required(text(bucketLabel))),
    lifecycleRules: optional(
      list(
        object({
          abortIncompleteMultipartUploadDays: optional(number()),
          enabled: required(boolean),
          expiration: optional(
            object({ date: optional(text()), days: optional(number()), expiredObjectDeleteMarker: optional(boolean) }),
          ),
          id: optional(text()),
          noncurrentVersionExpiration: optional(object({ days: required(number()) })),
          prefix: optional(text()),
        }),
      ),
    ),
    region: replacing(optional(text(region))),
    s3Endpoint: replacing(optional(text())),
    secretKey: optional(text()),
    versioning: optional(boolean),
  },
  computed: ["cluster", "corsEnabled", "endpoint", "endpointType", "hostname", "region", "s3Endpoint", "versioning"],
  secretOutputs: ["secretKey", "cert"],
  checkTogether: ({ region: place, cluster, ...inputs }, config) => [
    ...((place === undefined) === (cluster === undefined)
      ? [{ path: ["region"], reason: "wanted exactly one of region and cluster" }]
      : []),
    ...(needsKey(inputs) && !hasKey(inputs, config)
      ? [
          {
            path: ["accessKey"],
            reason:
              "missing: versioning and lifecycleRules are set with an access key and its secretKey, here or of the provider, or with its objUseTempKeys",
          },
        ]
      : []),
  ],
  create: (inputs, services) => {
    const label = textOf(inputs.label);
    const id = `${placeOf(inputs)}:${label}`;
    if (services.inventory.get({ type: bucketType, id }) !== undefined) {
      throw new LinodeApiError(400, "label", `There is a bucket called ${label} in ${placeOf(inputs)} already.`);
    }
    return { id, outputs: store(id, inputs, services) };
  },
  read: (id, { inventory }) => {
    const record = inventory.get({ type: bucketType, id });
    return record === undefined ? undefined : { ...record.properties, ...record.secrets };
  },
  update: (id, inputs, services) => store(id, inputs, services),
  delete: (id, { inventory, config }) => {
    const object = inventory.list().find(({ partOf }) => partOf?.type === bucketType && partOf.id === id);
    if (object !== undefined && config.objBucketForceDelete !== "true") {
      throw new LinodeApiError(400, "label", `Bucket ${id} is not empty: ${object.label} is in it.`);
    }
    inventory.remove({ type: bucketType, id });
  },
};

/** Set through the bucket's own S3 interface, which the API's token doesn't open. */
const needsKey = ({ lifecycleRules, versioning }: Properties): boolean =>
  lifecycleRules !== undefined || versioning !== undefined;

const hasKey = ({ accessKey, secretKey }: Properties, { objAccessKey, objSecretKey, objUseTempKeys }: Properties) =>
  (accessKey !== undefined && secretKey !== undefined) ||
  (objAccessKey !== undefined && objSecretKey !== undefined) ||
  objUseTempKeys === "true";

const store = (id: string, inputs: Properties, { inventory }: Services): Properties => {
  const { secretKey, cert, ...open } = inputs;
  const place = placeOf(inputs);
  const s3Endpoint = `${place}-1.linodeobjects.com`;
  const properties = present({
    ...open,
    acl: inputs.acl ?? "private",
    corsEnabled: inputs.corsEnabled ?? true,
    versioning: inputs.versioning ?? false,
    cluster: `${place}-1`,
    region: place,
    endpointType: inputs.endpointType ?? "E1",
    s3Endpoint,
    endpoint: s3Endpoint,
    hostname: `${textOf(inputs.label)}.${s3Endpoint}`,
  });
  const secrets = present({ secretKey, cert });
  inventory.put({ type: bucketType, id, label: textOf(inputs.label), properties, secrets });
  return { ...properties, ...secrets };
};

/** The region, also of one given as the deprecated cluster `fr-par-1`. */
const placeOf = ({ region: place, cluster }: Properties): string =>
  textOf(place ?? textOf(cluster).replace(/-\d+$/, ""));
