import { readFile } from "node:fs/promises";
import type { Credential } from "../credential";
import { clientCredentialToken } from "./confidentialClient";
import type { SignIn, SignInContext } from "./signIn";

/** Names the file with the workload's own token, as Azure Identity's WorkloadIdentityCredential reads it. */
export const TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

/** With the token that the daemon's platform issued, read anew each time: platforms replace it while it runs. */
export function signInWithFederation(credential: Credential, { env, hide }: SignInContext): SignIn {
  const file = env[TOKEN_FILE] ?? "";
  return {
    how: "with its federated credential",
    ...(file === "" && {
      notHere: `${TOKEN_FILE} names no file: run verify where ${credential.daemon} runs, with its platform's token.`,
    }),
    tokens: async (scope, signal) => {
      const clientAssertion = (await readFile(file, { encoding: "utf8", signal })).trim();
      hide(clientAssertion);
      return clientCredentialToken(credential, { clientAssertion }, scope, signal);
    },
  };
}
