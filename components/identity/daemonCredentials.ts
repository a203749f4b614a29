import * as pulumi from "@pulumi/pulumi";
import { declareApplicationTrusts } from "../federation/federatedCredential";
import type { FederatedTrustArgs } from "../federation/trustArgs";
import type { TrustedToken } from "../federation/trustedToken";
import type { ApplicationIdentity } from "./applicationIdentity";
import { type DaemonCertificateArgs, declareClientCertificate, type DeclaredCertificate } from "./clientCertificate";
import { type ClientSecretArgs, declareClientSecret, type DeclaredSecret } from "./clientSecret";
import { credentialWords } from "./rotationWords";

/** Trusted workloads, with the tokens that they bring. */
export interface DaemonFederation {
  readonly trusts: readonly FederatedTrustArgs[];
  readonly tokens: readonly TrustedToken[];
}

/** The credentials of one application, checked, by kind. */
export interface DaemonCredentials {
  readonly secret: Omit<ClientSecretArgs, "application"> | undefined;
  readonly certificate: (DaemonCertificateArgs & { readonly asOf: string }) | undefined;
  readonly federated: DaemonFederation | undefined;
}

/** What was declared of each kind, and the dates of the one that programs are to use. */
export interface DeclaredCredentials {
  readonly secret?: DeclaredSecret;
  readonly certificate?: DeclaredCertificate;
  readonly federated?: readonly TrustedToken[];
  readonly expiresOn?: pulumi.Output<string>;
  readonly generation?: pulumi.Output<number>;
  readonly nextRotation?: pulumi.Output<string>;
  readonly rotation?: pulumi.Output<string>;
}

/**
 * Declares an application's credentials kind by kind. Each kind waits for the last credential of the kind before it:
 * Microsoft Graph answers 409 to two credential writes on one application.
 */
export function declareCredentials(
  name: string,
  application: ApplicationIdentity,
  args: DaemonCredentials,
  opts: pulumi.CustomResourceOptions,
): DeclaredCredentials {
  const secret = args.secret && declareClientSecret(name, { application, ...args.secret }, opts);
  const certificate =
    args.certificate && declareClientCertificate(name, { application, ...args.certificate }, opts, secret?.lastWritten);
  const { federated } = args;
  if (federated) {
    const before = certificate?.lastWritten ?? secret?.lastWritten;
    const inTurn = before ? pulumi.mergeOptions(opts, { dependsOn: before }) : opts;
    declareApplicationTrusts(name, application, federated.trusts, federated.tokens, inTurn);
  }
  const expiresOn = (secret ?? certificate)?.expiresOn;
  const words = credentialWords(args, args.secret?.asOf ?? args.certificate?.asOf);
  return {
    ...(words !== undefined && { rotation: pulumi.output(words) }),
    ...(secret && { secret, generation: secret.generation }),
    ...(secret?.nextRotation && { nextRotation: secret.nextRotation }),
    ...(certificate && { certificate }),
    ...(federated && { federated: federated.tokens }),
    ...(expiresOn && { expiresOn }),
  };
}
