import { machineUrl, type Machine } from "./azure/instanceMetadata/machine";
import { subscription, tenant } from "./azure/landingZone/layout";

/** Kinds of host that give what runs on them the tokens of managed identities. */
export const hosts = ["virtual-machine", "machine-learning", "app-service"] as const;
export type Host = (typeof hosts)[number];

/** What a host sets in the environment, so that clients find the tokens of its identities. */
const endpointVariables: Readonly<Record<Host, (url: string, machine: Machine) => Record<string, string>>> = {
  // Azure sets nothing there: its address is the same everywhere. Clients that may be told another read it here.
  "virtual-machine": (url) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: url }),
  "machine-learning": (url, { clientIds: [first = ""], key }) => ({
    MSI_ENDPOINT: `${url}/machine-learning/token`,
    MSI_SECRET: key,
    DEFAULT_IDENTITY_CLIENT_ID: first,
  }),
  "app-service": (url, { key }) => ({ IDENTITY_ENDPOINT: `${url}/app-service/token`, IDENTITY_HEADER: key }),
};

/** The variables of a host that has a machine's identities; the client's own choice is among them where there is one alone. */
export function managedIdentityVariables(proxyUrl: string, host: Host, machine: Machine): Record<string, string> {
  const url = machineUrl(proxyUrl, machine);
  const [only, ...others] = machine.clientIds;
  return {
    ...endpointVariables[host](url, machine),
    ...(only !== undefined && others.length === 0 && { AZURE_CLIENT_ID: only, ARM_CLIENT_ID: only }),
    AZURE_SUBSCRIPTION_ID: subscription.id,
    ARM_USE_MSI: "true",
    ARM_MSI_ENDPOINT: `${url}/metadata/identity/oauth2/token`,
    ARM_TENANT_ID: tenant.id,
    ARM_SUBSCRIPTION_ID: subscription.id,
  };
}
