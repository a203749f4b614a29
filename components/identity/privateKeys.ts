import type * as pulumi from "@pulumi/pulumi";

/** Where the private key of one certificate lies. */
export interface PrivateKeyPlace {
  /** The certificate's name; absent where nobody told it. */
  readonly name?: string;
  /** URI of the secret, without a version. */
  readonly secretUri: pulumi.Input<string>;
}

const known = new WeakMap<object, readonly PrivateKeyPlace[]>();

/** Remembers where the private keys of all certificates in use lie, beside the one that is told of. */
export function rememberPrivateKeys(certificate: object, places: readonly PrivateKeyPlace[]): void {
  known.set(certificate, places);
}

/** The private keys behind a certificate; where none were remembered, its own. */
export const privateKeysOf = (certificate: PrivateKeyPlace): readonly PrivateKeyPlace[] =>
  known.get(certificate) ?? [{ secretUri: certificate.secretUri }];
