import type * as pulumi from "@pulumi/pulumi";
import type { ApplicationIdentity } from "./applicationIdentity";
import { type ClientSecretArgs, declareClientSecret, type DeclaredSecret } from "./clientSecret";

/** The credentials of one application, checked, by kind. */
export interface DaemonCredentials {
  readonly secret: Omit<ClientSecretArgs, "application"> | undefined;
}

/** What was declared of each kind, and the dates of the one that programs are to use. */
export interface DeclaredCredentials {
  readonly secret?: DeclaredSecret;
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
  if (!secret) return {};
  const { expiresOn, generation, nextRotation, rotation } = secret;
  return { secret, expiresOn, generation, rotation, ...(nextRotation && { nextRotation }) };
}
