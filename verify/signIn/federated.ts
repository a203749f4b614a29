import { readFile } from "node:fs/promises";
import type { Credential } from "../credential";
import { clientCredentialToken } from "./confidentialClient";
import type { SignIn, SignInContext } from "./signIn";

/** Names the file with the workload's own token, as Azure Identity's WorkloadIdentityCredential reads it. */
export const TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

/** There is no token of the daemon's platform where verify runs. */
class NoFederatedToken extends Error {
  readonly code = "NoFederatedToken";
}

/** With the token that the daemon's platform issued, read anew each time: platforms replace it while it runs. */
export const signInWithFederation = (credential: Credential, { env, hide }: SignInContext): SignIn => ({
  how: "with its federated credential",
  tokens: async (scope, signal) => {
    const file = env[TOKEN_FILE];
    if (file === undefined || file === "") {
      throw new NoFederatedToken(`${TOKEN_FILE} names no file with a token of the daemon's platform.`);
    }
    const clientAssertion = (await readFile(file, { encoding: "utf8", signal })).trim();
    hide(clientAssertion);
    return clientCredentialToken(credential, { clientAssertion }, scope, signal);
  },
});
