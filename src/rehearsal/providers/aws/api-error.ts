/** How AWS says no. */
export class AwsApiError extends Error {
  constructor(
    readonly code: string,
    reason: string,
  ) {
    super(`api error ${code}: ${reason}`);
  }
}
