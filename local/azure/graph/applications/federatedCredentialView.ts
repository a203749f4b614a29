import type { FederatedCredentialRecord, JsonObject } from "../../entra/records";

export const federatedCredentialView = (credential: FederatedCredentialRecord): JsonObject => ({
  ...credential,
  audiences: [...credential.audiences],
});
