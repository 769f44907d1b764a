/** Beside the services, what else has secret files: the key of a model store that is there already. */
export const modelStoreSecrets = { of: "model-store", files: ["access-key-id", "secret-access-key"] } as const;
