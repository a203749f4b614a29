import { identities, location, resourceGroupId, resourceGroups, tenant } from "../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { Accounts, seedStorageAccount } from "../../local/azure/dataLake/accounts";
import type { LocalAzure } from "../../local/azure/localAzure";
import { connectionVariables } from "../../local/environment";

const account = "stbenchstate";
const container = "state";
const host = `${account}.blob.core.windows.net`;
const blobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/** A container of local Azure that keeps the engine's state, which the stranger may write by its token. */
export class StateContainer {
  requests = 0;
  /** Of the requests' bodies. A copy within the account sends none. */
  bytesWritten = 0;

  constructor(private readonly azure: LocalAzure) {
    const { cloud } = azure;
    const resourceGroup = resourceGroups.daemons;
    seedStorageAccount(cloud, { resourceGroup, name: account, location, hierarchicalNamespace: false });
    const accounts = new Accounts(cloud);
    const record = accounts.get(account);
    if (record === undefined) throw new Error(`there is no storage account ${account}`);
    accounts.fileSystemsOf(record).create(container, {});
    cloud.access.seed({
      principalId: identities.stranger.objectId,
      roleDefinitionId: blobDataContributor,
      scope: `${resourceGroupId(resourceGroup)}/providers/Microsoft.Storage/storageAccounts/${account}`,
    });
    azure.requests.listen((record, request) => {
      if (record.host !== host) return;
      this.requests += 1;
      this.bytesWritten += request.body.length;
    });
  }

  get url(): string {
    return `azblob://${container}?storage_account=${account}`;
  }

  /** What the engine signs in with, and how it reaches local Azure. */
  get variables(): Record<string, string> {
    const { proxyUrl, caFile, cloud } = this.azure;
    const { HTTPS_PROXY = "", NO_PROXY = "", SSL_CERT_FILE = "" } = connectionVariables({ proxyUrl, caFile });
    return {
      HTTPS_PROXY,
      NO_PROXY,
      SSL_CERT_FILE,
      AZURE_TENANT_ID: tenant.id,
      AZURE_CLIENT_ID: identities.stranger.clientId,
      AZURE_CLIENT_SECRET: landingZoneSecret(cloud.stateKey, "stranger"),
    };
  }
}
