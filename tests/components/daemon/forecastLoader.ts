import { DaemonAccess, type DaemonAccessArgs } from "../../../components/index";
import { azure, GROUP_ID, guidOf, WORKSPACE_ID } from "../../support/azureMocks";
import { record, type Recording } from "../../support/mocks";

export const reader = guidOf("a reader");
export const vaultId = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasts`;
export const vault = {
  vaultId,
  vaultName: "kv-forecasts",
  vaultUri: "https://kv-forecasts.vault.azure.net/",
  resourceGroupName: "rg-daemons",
};
export const account = {
  accountId: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stforecasts`,
  url: "https://stforecasts.dfs.core.windows.net/",
};
export const everything: DaemonAccessArgs = {
  displayName: "Forecast loader",
  secret: { rotation: { startsAt: "2030-01-01T00:00:00Z" } },
  asOf: "2030-02-01T00:00:00Z",
  graph: { permissions: ["User.Read.All"] },
  lake: { account, fileSystem: "forecasts" },
  machineLearning: { workspaceId: WORKSPACE_ID },
  vault,
  readers: [{ objectId: reader }],
};

export const declared = (args: DaemonAccessArgs) => record(azure, () => new DaemonAccess("forecast-loader", args));

export const credentialIn = (run: Recording<unknown>): unknown => {
  const { properties } = run.resource("forecast-loader-credential").inputs as {
    properties: { value: { secret: string } };
  };
  return JSON.parse(properties.value.secret);
};
