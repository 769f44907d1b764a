/** How Azure says no. */
export class AzureApiError extends Error {
  constructor(
    readonly code: string,
    reason: string,
  ) {
    super(`Code="${code}" Message="${reason}"`);
  }
}
