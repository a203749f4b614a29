/** Gets a token for a scope, as "https://graph.microsoft.com/.default". */
export type TokenSource = (scope: string, signal: AbortSignal) => Promise<string>;

/** One way in which a daemon signs in. */
export interface SignIn {
  /** "with its certificate". Absent for the usual way, a client secret. */
  readonly how?: string;
  /** Why it can't be tried where verify runs, and what to do. Absent where it can. */
  readonly notHere?: string;
  /**
   * Tokens of the daemon. Each one is new, as far as the way allows it: a token that was issued before a consent or a
   * role never learns of it.
   */
  readonly tokens: TokenSource;
}

/** What a sign-in may need of the run that it is part of. */
export interface SignInContext {
  /** Reads a secret of a vault, as the reader. @throws what Key Vault's SDK throws */
  readonly readSecret: (uri: string, signal: AbortSignal) => Promise<string>;
  /** Takes what must never be printed. */
  readonly hide: (secret: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}
