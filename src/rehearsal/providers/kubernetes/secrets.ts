import { isProperties, mapValues, present, reveal, secret, textOf, type Properties } from "../values";
import type { ObjectKind } from "./kinds";

/** The core group's Secret, whose content stays secret however it came in. */
export const isSecretKind = ({ group, kind }: ObjectKind): boolean => group === "" && kind === "Secret";

/** The object with its content marked. */
export const withSecretContent = (kind: ObjectKind, object: Properties): Properties => {
  if (!isSecretKind(kind)) return object;
  const { data, stringData } = object;
  return { ...object, ...present({ data: data && secret(data), stringData: stringData && secret(stringData) }) };
};

/** As the API server stores it: stringData is a way to write data, and never read back. */
export const storedForm = (kind: ObjectKind, object: Properties): Properties => {
  if (!isSecretKind(kind) || !isProperties(object.stringData)) return object;
  const { stringData, data, ...rest } = object;
  const encoded = mapValues(stringData, (value) => Buffer.from(textOf(value)).toString("base64"));
  return { ...rest, data: { ...(isProperties(data) ? data : {}), ...encoded } };
};

/** The live Secret with the keys that the inputs wrote as stringData written so again. */
export const writtenForm = (kind: ObjectKind, live: Properties, inputs: Properties): Properties => {
  const asked = inputs.stringData === undefined ? undefined : reveal(inputs.stringData);
  if (!isSecretKind(kind) || !isProperties(asked) || !isProperties(live.data)) return live;
  const keys = new Set(Object.keys(asked));
  const data = Object.entries(live.data);
  const decode = (value: unknown): string => Buffer.from(String(value), "base64").toString("utf8");
  const text = Object.fromEntries(data.filter(([key]) => keys.has(key)).map(([key, value]) => [key, decode(value)]));
  return { ...live, data: Object.fromEntries(data.filter(([key]) => !keys.has(key))), stringData: text };
};
