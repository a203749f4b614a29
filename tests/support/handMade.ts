import { randomUUID } from "node:crypto";
import { identities, subscription, workspaceId } from "../../local/azure/landingZone/layout";
import { people } from "../../local/azure/landingZone/people";
import { issueCertificate } from "./certificates";
import type { Administrator } from "./delivery";

export const microsoftGraph = "00000003-0000-0000-c000-000000000000";
export const mailSend = "b633e1c5-b582-4048-a93e-9f11b44c7e96";
/** A delegated permission, User.Read. */
const userReadScope = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/** An application as years of work by hand leave it, with its service principal. */
export interface HandMade {
  readonly id: string;
  readonly clientId: string;
  readonly principalId: string;
  /** The value of a password that is in use. */
  readonly password: string;
  /** Object ID of its owner beside the deployer. */
  readonly owner: string;
}

/** All that Microsoft Graph and Azure tell of it. */
export interface Everything {
  readonly application: Readonly<Record<string, unknown>> & { readonly passwordCredentials: readonly Password[] };
  readonly servicePrincipal: Readonly<Record<string, unknown>>;
  readonly applicationOwners: readonly unknown[];
  readonly servicePrincipalOwners: readonly unknown[];
  readonly federatedCredentials: readonly unknown[];
  readonly appRoleAssignments: readonly Readonly<Record<string, unknown>>[];
  readonly roleAssignments: readonly RoleAssignment[];
}

interface Password {
  readonly keyId: string;
  readonly displayName: string;
}
interface RoleAssignment {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>> & { readonly principalId: string; readonly scope: string };
}

/** Makes one with everything set that can be set, owned by the deployer too, who may then add a secret to it. */
export async function makeByHand(administrator: Administrator, displayName = "Loader of old"): Promise<HandMade> {
  const [person] = people;
  const owner = person?.objectId ?? "";
  const owned = { "owners@odata.bind": [identities.deployer.objectId, owner].map(directoryObject) };
  const { pem } = await issueCertificate({ notBefore: "2026-01-01T00:00:00Z", notAfter: "2036-01-01T00:00:00Z" });
  const application = await administrator.graph("POST", "/applications", {
    ...owned,
    ...(await settings(displayName, pem)),
  });
  const { id = "", appId = "" } = application;
  const servicePrincipal = await administrator.graph("POST", "/servicePrincipals", {
    ...owned,
    appId,
    notes: "Ask the forecasting team first.",
    tags: ["WindowsAzureActiveDirectoryIntegratedApp", "HideApp"],
    notificationEmailAddresses: ["forecasting@contoso.example"],
    replyUrls: ["https://loader.contoso.example/signed-in"],
  });
  const password = async (displayed: string): Promise<string> => {
    const passwordCredential = { displayName: displayed, endDateTime: "2036-01-01T00:00:00Z" };
    const added = await administrator.graph("POST", `/applications/${id}/addPassword`, { passwordCredential });
    return added["secretText"] ?? "";
  };
  await password("set up by Ingrid");
  const inUse = await password("in use on the old server");
  await administrator.graph("POST", `/applications/${id}/federatedIdentityCredentials`, {
    name: "build",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:contoso/loader:ref:refs/heads/main",
    audiences: ["api://AzureADTokenExchange"],
  });
  const principalId = servicePrincipal["id"] ?? "";
  await grant(administrator, principalId, mailSend);
  await administrator.assign(workspaceId, reader, principalId);
  return { id, clientId: appId, principalId, password: inUse, owner };
}

/** Grants an application permission of Microsoft Graph. */
export async function grant(administrator: Administrator, principalId: string, appRoleId: string): Promise<string> {
  const { id: resourceId } = await administrator.graph("GET", `/servicePrincipals(appId='${microsoftGraph}')`);
  const body = { principalId, resourceId, appRoleId };
  const made = await administrator.graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, body);
  return made["id"] ?? "";
}

/** Reads everything of an application back, as its administrator. */
export async function everythingOf(administrator: Administrator, made: HandMade): Promise<Everything> {
  const { id, principalId } = made;
  const graph = (path: string): Promise<unknown> => administrator.graph("GET", path);
  const list = async <T>(path: string): Promise<readonly T[]> => ((await graph(path)) as { value: T[] }).value;
  const assignments = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleAssignments`;
  const { value } = (await administrator.arm("GET", assignments, "2022-04-01")) as { value: RoleAssignment[] };
  return {
    application: (await graph(`/applications/${id}`)) as Everything["application"],
    servicePrincipal: (await graph(`/servicePrincipals/${principalId}`)) as Everything["servicePrincipal"],
    applicationOwners: await list(`/applications/${id}/owners`),
    servicePrincipalOwners: await list(`/servicePrincipals/${principalId}/owners`),
    federatedCredentials: await list(`/applications/${id}/federatedIdentityCredentials`),
    appRoleAssignments: await list(`/servicePrincipals/${principalId}/appRoleAssignments`),
    roleAssignments: value.filter(({ properties }) => properties.principalId === principalId),
  };
}

const directoryObject = (id: string): string => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;

async function settings(displayName: string, pem: string): Promise<Record<string, unknown>> {
  const scope = randomUUID();
  return Promise.resolve({
    displayName,
    description: "Loads the forecasts every night",
    notes: "Made in the portal in 2019.",
    serviceManagementReference: "CMDB-4711",
    signInAudience: "AzureADMyOrg",
    groupMembershipClaims: "SecurityGroup",
    identifierUris: [`api://contoso.onmicrosoft.com/${displayName.toLowerCase().replaceAll(" ", "-")}`],
    tags: ["forecasting", "nightly"],
    isFallbackPublicClient: true,
    web: {
      homePageUrl: "https://loader.contoso.example",
      logoutUrl: "https://loader.contoso.example/signed-out",
      redirectUris: ["https://loader.contoso.example/signed-in"],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: true },
    },
    spa: { redirectUris: ["https://loader.contoso.example/spa"] },
    publicClient: { redirectUris: ["http://localhost"] },
    info: { supportUrl: "https://loader.contoso.example/support" },
    requiredResourceAccess: [
      {
        resourceAppId: microsoftGraph,
        resourceAccess: [
          { id: mailSend, type: "Role" },
          { id: userReadScope, type: "Scope" },
        ],
      },
    ],
    appRoles: [
      {
        id: randomUUID(),
        allowedMemberTypes: ["Application"],
        description: "Starts a load",
        displayName: "Start",
        isEnabled: true,
        value: "Load.Start",
      },
    ],
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [
        {
          id: scope,
          adminConsentDescription: "Reads the log",
          adminConsentDisplayName: "Read the log",
          isEnabled: true,
          type: "Admin",
          value: "Log.Read",
        },
      ],
    },
    optionalClaims: { accessToken: [{ name: "idtyp", essential: false, additionalProperties: [] }] },
    keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", displayName: "old server", key: base64Of(pem) }],
  });
}

const base64Of = (pem: string): string => pem.replaceAll(/-----[^-]+-----|\s/g, "");
