import { ManagedIdentityCredential } from "@azure/identity";
import type { Credential } from "../credential";
import type { SignIn } from "./signIn";

/** With the token endpoint of the machine that verify runs on, which the identity must be attached to. */
export const signInAsManagedIdentity = ({ clientId }: Credential): SignIn => ({
  how: "as a managed identity",
  tokens: async (scope, abortSignal) => {
    const { token } = await new ManagedIdentityCredential({ clientId }).getToken(scope, { abortSignal });
    return token;
  },
});
