/** Wrong arguments, settings or credentials: nothing was asked of anybody. Told in words, without a stack trace. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
