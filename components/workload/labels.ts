/** Who a workload is, to those that look for its pods: its name alone, which never changes. */
export const podSelector = (name: string): Record<string, string> => ({ "app.kubernetes.io/name": name });

export const workloadLabels = (name: string, environment: string): Record<string, string> => ({
  ...podSelector(name),
  "app.kubernetes.io/part-of": "holdfast",
  "holdfast.dev/environment": environment,
});
