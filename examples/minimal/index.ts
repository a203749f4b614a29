import { CredentialVault, DaemonAccess, DataLake } from "azure-daemon-access";

const place = { resourceGroupName: "rg-daemons", allowedIpRanges: ["203.0.113.0/24"] };
const vault = new CredentialVault("kv-daemons", place);
const lake = new DataLake("stdaemons", { ...place, fileSystems: ["reports"] });
new DaemonAccess("report-loader", {
  secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
  asOf: new Date().toISOString(),
  graph: { permissions: ["User.Read.All"] },
  lake: { account: lake, fileSystem: "reports" },
  vault,
  readers: [{ objectId: "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573" }],
});
export const { vaultUri } = vault;
export const daemons = ["report-loader"];
