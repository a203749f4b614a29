import type { Credential } from "../credential";
import { signInWithCertificate } from "./certificate";
import { signInWithSecret } from "./clientSecret";
import { signInWithFederation } from "./federated";
import { signInAsManagedIdentity } from "./managedIdentity";
import type { SignIn, SignInContext } from "./signIn";

/** Every way in which the daemon signs in, in the order in which its programs prefer them. */
export function signInsOf(credential: Credential, context: SignInContext): SignIn[] {
  const { clientSecret, certificate, federated, managedIdentity } = credential;
  const ways = [
    clientSecret !== undefined && signInWithSecret(credential, clientSecret),
    certificate !== undefined && signInWithCertificate(credential, certificate, context),
    federated !== undefined && signInWithFederation(credential, context),
    managedIdentity !== undefined && signInAsManagedIdentity(credential),
  ];
  return ways.filter((way) => way !== false).map((way) => hidingTokens(way, context));
}

/** A token is as secret as what it was got with. */
const hidingTokens = ({ tokens, ...way }: SignIn, { hide }: SignInContext): SignIn => ({
  ...way,
  tokens: async (scope, signal) => {
    const token = await tokens(scope, signal);
    hide(token);
    return token;
  },
});
