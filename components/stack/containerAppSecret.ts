import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { type Check, write } from "../checks/refusal";
import { secretUri } from "./outputChecks";

/** Inputs of {@link containerAppSecret}. */
export interface ContainerAppSecretArgs {
  /** Name inside the container app, which environment variables refer to: 1 to 253 lowercase letters, digits and hyphens. */
  readonly name: string;
  /** URI of the secret, without a version: one of a daemon's `secretUris`. */
  readonly secretUri: pulumi.Input<string>;
  /**
   * Resource ID of the app's user-assigned identity that reads it. It needs a {@link CredentialReader}.
   * @default "system", the app's own identity
   */
  readonly identity?: pulumi.Input<string>;
}

/** An element of `configuration.secrets` of an `azure-native:app:ContainerApp`. */
export interface ContainerAppSecret {
  readonly name: string;
  readonly keyVaultUrl: pulumi.Output<string>;
  readonly identity: pulumi.Input<string>;
}

const secretName: Check = (value) =>
  /^[a-z0-9](?:[a-z0-9-]{0,251}[a-z0-9])?$/.test(value)
    ? undefined
    : {
        needed: "1 to 253 lowercase letters, digits and hyphens, no hyphen first or last",
        fix: write("forecast-loader-credential"),
      };

/**
 * A secret of a container app that lives in Key Vault. The newest value reaches the app within half an hour, and Azure
 * then restarts the revisions that have it in a variable.
 *
 * @throws ArgumentError
 */
export function containerAppSecret(args: ContainerAppSecretArgs): ContainerAppSecret {
  const problems = new Problems("containerAppSecret", args.name);
  problems.check("name", args.name, secretName);
  problems.checkInput("secretUri", args.secretUri, secretUri);
  problems.throwIfAny();
  return {
    name: args.name,
    keyVaultUrl: problems.onArrival("secretUri", args.secretUri, secretUri),
    identity: args.identity ?? "system",
  };
}
