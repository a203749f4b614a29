import { z } from "zod";
import { textIn } from "./inputs";
import type { Finder, Sought } from "./sought";

const objects = z.array(z.object({ id: z.string() }));
const assignments = z.array(z.object({ id: z.string(), appRoleId: z.string(), principalId: z.string() }));
const credentials = z.array(z.object({ id: z.string(), name: z.string(), issuer: z.string(), subject: z.string() }));

const filter = (property: string, value: string): string =>
  `$filter=${encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`)}`;

export const findApplication: Finder = async (inputs, azure) => {
  const name = textIn(inputs, "displayName");
  const found = objects.parse(await azure.graphList(`/applications?${filter("displayName", name)}`));
  return theOnly(found, (id) => `/applications/${id}`, `application is named "${name}"`);
};

export const findServicePrincipal: Finder = async (inputs, azure) => {
  const clientId = textIn(inputs, "clientId");
  const found = objects.parse(await azure.graphList(`/servicePrincipals?${filter("appId", clientId)}`));
  return theOnly(found, (id) => `/servicePrincipals/${id}`, `service principal has the client ID ${clientId}`);
};

export const findAppRoleAssignment: Finder = async (inputs, azure) => {
  const principalId = textIn(inputs, "principalObjectId");
  const resourceId = textIn(inputs, "resourceObjectId");
  const held = `/servicePrincipals/${principalId}/appRoleAssignments?${filter("resourceId", resourceId)}`;
  const found = assignments
    .parse(await azure.graphList(held))
    .filter(({ appRoleId }) => appRoleId === textIn(inputs, "appRoleId"));
  return theOnly(
    found,
    (id) => `/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`,
    `grant of this permission is held by ${principalId}`,
  );
};

export const findFederatedCredential: Finder = async (inputs, azure) => {
  const application = textIn(inputs, "applicationId").split("/").at(-1) ?? "";
  const present = credentials.parse(await azure.graphList(`/applications/${application}/federatedIdentityCredentials`));
  const [found] = present.filter(
    ({ issuer, subject }) => issuer === textIn(inputs, "issuer") && subject === textIn(inputs, "subject"),
  );
  if (found && found.name !== inputs["displayName"]) {
    return {
      reason: `it exists under the name ${found.name}, which can't be changed; delete it, and up creates it`,
    };
  }
  return theOnly(
    found ? [found] : [],
    (id) => `${application}/federatedIdentityCredential/${id}`,
    "federated credential has this issuer and subject",
  );
};

function theOnly(found: readonly { readonly id: string }[], idOf: (id: string) => string, what: string): Sought {
  const [first, ...more] = found;
  if (!first) return { reason: `no ${what}` };
  return more.length > 0 ? { reason: `more than one ${what}` } : { id: idOf(first.id) };
}
