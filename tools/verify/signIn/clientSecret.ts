import type { Credential } from "../credential";
import { clientCredentialToken } from "./confidentialClient";
import type { SignIn } from "./signIn";

/** With the client secret that stands in the credential. */
export const signInWithSecret = (credential: Credential, clientSecret: string): SignIn => ({
  tokens: (scope, signal) => clientCredentialToken(credential, { clientSecret }, scope, signal),
});
