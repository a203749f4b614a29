/** What a command ends with. */
export const exitCodes = {
  ok: 0,
  /** The work failed, or a check did. */
  failed: 1,
  /** Wrong arguments or configuration: nothing was begun. */
  usage: 2,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure told in words for the user, without a stack trace. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
    this.name = "UserError";
  }
}
