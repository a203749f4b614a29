import { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
import { RestError, type PipelinePolicy } from "@azure/core-rest-pipeline";
import { boundedCalls, environmentCredential } from "./boundedCalls";
import { throttlingTold } from "../throttling/throttled";

type AdditionalPolicyConfig = NonNullable<SecretClientOptions["additionalPolicies"]>[number];

/** A secret as Key Vault gave it. */
export interface VaultSecret {
  readonly value: string;
  /** When this version was written. */
  readonly writtenOn: Date | undefined;
}

/** The most that --timeout takes. */
const longestCallSeconds = 3_600;

/** The tags by which the stack marks the secrets that hold a credential. */
const marks: Readonly<Record<string, string>> = { "managed-by": "azure-daemon-access", format: "credential" };

/** The client's own errors leave the service's body out, and with it the reason; this one stands outermost, and keeps it. */
export const keepRefusals: PipelinePolicy = {
  name: "keepRefusals",
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status >= 400) {
      throw new RestError(`HTTP ${response.status}`, { statusCode: response.status, request, response });
    }
    return response;
  },
};

/**
 * A client of a vault's secrets, as the identity that the environment names. Its errors carry the service's own words.
 *
 * @param seconds how long a call may take
 * @param policies besides
 */
export const secretClient = (
  vaultUrl: string,
  seconds: number,
  ...policies: readonly AdditionalPolicyConfig[]
): SecretClient =>
  new SecretClient(vaultUrl, environmentCredential(seconds), {
    additionalPolicies: [
      { policy: keepRefusals, position: "perCall" },
      { policy: boundedCalls(seconds), position: "perCall" },
      ...policies,
    ],
  });

/** The vault, as the identity that the environment names. */
export class CredentialVault {
  private readonly client: SecretClient;

  /** Each call brings a signal that bounds it. */
  constructor(vaultUrl: string) {
    this.client = secretClient(vaultUrl, longestCallSeconds, { policy: throttlingTold, position: "perRetry" });
  }

  /** Names of the secrets that hold a credential, in alphabetical order. */
  async list(abortSignal: AbortSignal): Promise<string[]> {
    const names: string[] = [];
    for await (const { name, tags } of this.client.listPropertiesOfSecrets({ abortSignal })) {
      if (Object.entries(marks).every(([mark, value]) => tags?.[mark] === value)) {
        names.push(name);
      }
    }
    return names.sort();
  }

  async read(name: string, abortSignal: AbortSignal): Promise<VaultSecret> {
    const { value, properties } = await this.client.getSecret(name, { abortSignal });
    return { value: value ?? "", writtenOn: properties.updatedOn ?? properties.createdOn };
  }
}

/** Reads one secret by its URI, in whichever vault it lies. */
export async function readSecretAt(uri: string, abortSignal: AbortSignal): Promise<string> {
  const { origin, pathname } = new URL(uri);
  const { value } = await new CredentialVault(origin).read(pathname.split("/")[2] ?? "", abortSignal);
  return value;
}
