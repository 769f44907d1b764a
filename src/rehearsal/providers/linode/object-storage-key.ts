import { randomBytes } from "node:crypto";

import { list, object, oneOf, optional, replacing, required, set, text } from "../shape";
import type { ResourceEntry } from "../table-package";
import { isList, present, textOf, type Properties } from "../values";
import { keyLabel, region } from "./rules";

const keyType = "linode:index/objectStorageKey:ObjectStorageKey";

export const objectStorageKey: ResourceEntry = {
  inputs: {
    bucketAccesses: replacing(
      optional(
        list(
          object({
            bucketName: required(text()),
            cluster: optional(text()),
            permissions: required(text(oneOf("read_only", "read_write"))),
            region: optional(text(region)),
          }),
        ),
      ),
    ),
    label: required(text(keyLabel)),
    regions: optional(set(text(region))),
  },
  computed: ["accessKey", "limited", "regions", "regionsDetails", "secretKey"],
  recomputed: { regionsDetails: ["regions"] },
  secretOutputs: ["secretKey"],
  create: (inputs, { inventory }) => {
    const id = inventory.newId(keyType);
    const properties = settings(inputs, randomBytes(15).toString("base64url").slice(0, 20).toUpperCase());
    const secrets = { secretKey: randomBytes(30).toString("base64url") };
    inventory.put({ type: keyType, id, label: textOf(inputs.label), properties, secrets });
    return { id, outputs: { ...properties, ...secrets } };
  },
  read: (id, { inventory }) => {
    const record = inventory.get({ type: keyType, id });
    return record === undefined ? undefined : { ...record.properties, ...record.secrets };
  },
  update: (id, inputs, { inventory }) => {
    const record = inventory.get({ type: keyType, id });
    if (record === undefined) throw new Error(`[404] There is no Object Storage key ${id}. Run a refresh.`);
    const properties = settings(inputs, textOf(record.properties.accessKey));
    inventory.put({ ...record, label: textOf(inputs.label), properties });
    return { ...properties, ...record.secrets };
  },
  delete: (id, { inventory }) => void inventory.remove({ type: keyType, id }),
};

const settings = (inputs: Properties, accessKey: string): Properties => {
  const regions = isList(inputs.regions) ? inputs.regions : [];
  return present({
    ...inputs,
    accessKey,
    limited: inputs.bucketAccesses !== undefined,
    regions,
    regionsDetails: regions.map((id) => ({
      id,
      endpointType: "E1",
      s3Endpoint: `${textOf(id)}-1.linodeobjects.com`,
    })),
  });
};
