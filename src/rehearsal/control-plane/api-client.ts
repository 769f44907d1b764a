import { ApiException, KubeConfig } from "@kubernetes/client-node";

/** Configuration for the client library, from a kubeconfig's text. */
export const kubeConfig = (kubeconfig: string): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return config;
};

/** Whether an API call failed with this HTTP status. */
export const failedWith = (error: unknown, status: number): boolean =>
  error instanceof ApiException && error.code === status;

export const conflict = 409;
export const notFound = 404;
