import { RestClient } from "../rest/client";
import type { Connection } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import type { TokenSource } from "../rest/tokenSource";
import { errorBody } from "./armError";
import { vaultRule } from "./retryRules";

/** Key Vault's data plane, which takes the one thing that ARM does not: the deletion of a secret. */
export class VaultClient {
  private readonly rest: RestClient;

  constructor(connection: Connection, tokens: TokenSource, counters: MutableCounters, waitScale: number) {
    this.rest = new RestClient(connection, tokens, counters, {
      service: "keyVault",
      baseUrl: "",
      scope: "https://vault.azure.net/.default",
      rule: vaultRule,
      waitScale,
    });
  }

  /** A secret that is not there counts as deleted. */
  async deleteSecret(vaultName: string, secretName: string, signal: AbortSignal): Promise<void> {
    const url = `https://${vaultName}.vault.azure.net/secrets/${encodeURIComponent(secretName)}`;
    const { status, body } = await this.rest.send("DELETE", `${url}?api-version=2025-07-01`, signal);
    if (status !== 200 && status !== 404) {
      throw new Error(
        `DELETE ${url}: RESPONSE ${status} ERROR CODE: ${errorBody(body).code ?? "unavailable"}\n${body}`,
      );
    }
  }
}
