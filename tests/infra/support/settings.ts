import { readConfiguration } from "../../../infra/config";
import { ConfigurationError } from "../../../infra/configurationError";
import { asPulumiHasThem } from "../../support/stackSettings";

export const now = new Date("2030-02-01T10:20:30.456Z");
export const daemon = { name: "loader", secret: { rotation: { startsAt: "2030-01-01T00:00:00Z" } } };
export const minimal = { location: "westeurope", resourceGroupName: "rg-daemons", daemons: [daemon] };
export const GUID = "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84";

export const read = (settings: Record<string, unknown>) => readConfiguration(asPulumiHasThem(settings), now);
export const withDaemon = (extra: Record<string, unknown>) => ({ ...minimal, daemons: [{ ...daemon, ...extra }] });

export function problems(settings: Record<string, unknown>, secrets: string[] = []): readonly string[] {
  try {
    readConfiguration(asPulumiHasThem(settings), now, new Set(secrets));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}
export function lakeStore(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.DataLakeStore/accounts/oldlake`;
}

export function vaultId(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-platform`;
}

export function workspace(): string {
  return `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw`;
}
