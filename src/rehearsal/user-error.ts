/** An error whose message is the whole story, so that no stack trace is owed. */
export class UserError extends Error {}
