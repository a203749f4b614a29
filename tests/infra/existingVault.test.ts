import * as pulumi from "@pulumi/pulumi";
import { program } from "../../infra/program";
import { azure, GROUP_ID } from "../support/azureMocks";
import { type Mocks, record } from "../support/mocks";
import { asPulumiHasThem } from "../support/stackSettings";

jest.setTimeout(60_000);

const loader = { name: "loader", secret: { endDate: "2999-01-01T00:00:00Z" } };

function configure(settings: Record<string, unknown>): void {
  const raw = Object.entries(asPulumiHasThem(settings)).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(raw) as Record<string, string>);
}

/** Runs the stack with an existing vault; what it throws is what the run ends with. */
async function deployInto(vaultName: string, daemon: object = {}, mocks: Mocks = azure): Promise<number> {
  const settings = {
    location: "westeurope",
    resourceGroupName: "rg-daemons",
    vault: { existing: { vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/${vaultName}` } },
    daemons: [{ ...loader, ...daemon }],
  };
  configure(settings);
  const registered: number[] = [];
  await record(mocks, async () => {
    await program();
    registered.push(1);
  });
  return registered.length;
}

describe("an existing vault", () => {
  it("that gives access by roles is used", async () => {
    expect(await deployInto("kv-platform")).toBe(1);
  });

  it("that has access policies is refused with the command that changes it, before anything is registered", async () => {
    await expect(deployInto("kv-with-policies")).rejects.toThrow(
      /vault\.existing\.vaultId: got .*; needed a vault that gives access by roles, and this one has access policies\. .*az keyvault update --name kv-with-policies --enable-rbac-authorization true/,
    );
  });

  it("is refused together with an existing application that asks for too little", async () => {
    const daemon = {
      existing: { clientId: "7c9e6679-7425-40de-944b-e07fc1f90ae7" },
      graph: { permissions: ["User.Read.All"], consent: "request" },
    };
    const asksNothing = () => ({ id: "/applications/loader", displayName: "Loader", requiredResourceAccesses: [] });
    const mocks = { ...azure, calls: { ...azure.calls, "azuread:index/getApplication:getApplication": asksNothing } };
    await expect(deployInto("kv-with-policies", daemon, mocks)).rejects.toThrow(
      /2 problems[\s\S]*vault\.existing\.vaultId: got [\s\S]*daemons\[0\]\.graph\.permissions: got /,
    );
  });
});

it("takes a vault and a lake that are there already, and makes nothing of them", async () => {
  const existing = {
    vault: { existing: { vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-platform` } },
    lake: { existing: { accountId: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stplatform` } },
  };
  const place = {
    location: "northeurope",
    resourceGroupName: "rg-daemons",
    daemons: [{ ...loader, lake: { fileSystem: "forecasts" } }],
  };
  configure({ ...place, ...existing });
  const run = await record(azure, program);
  for (const type of ["keyvault:Vault", "storage:StorageAccount", "storage:BlobContainer"]) {
    expect(run.names(`azure-native:${type}`)).toEqual([]);
  }
  expect(run.outputs).toMatchObject({
    vaultUri: "https://kv-platform.vault.azure.net/",
    lakeUrl: "https://stplatform.dfs.core.windows.net/",
  });
  expect(run.resource("loader-lake-role").inputs).toMatchObject({
    scope: `${existing.lake.existing.accountId}/blobServices/default/containers/forecasts`,
  });
  configure({ ...place, ...existing, lake: { existing: { ...existing.lake.existing, createFileSystems: true } } });
  const made = await record(azure, program);
  expect(made.names("azure-native:storage:BlobContainer")).toEqual(["stdaemons-forecasts"]);
});
