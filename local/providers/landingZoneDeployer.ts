import { identities, tenant } from "../azure/landingZone/layout";
import type { DeployerCredentials } from "./rest/credentials";

/** What signs in as the landing zone's deployer. */
export const landingZoneDeployer = (clientSecret: string): DeployerCredentials => ({
  tenantId: tenant.id,
  clientId: identities.deployer.clientId,
  clientSecret,
});
