import type { Facts } from "./facts";

const application = "/applications/{id}";
const beta = "GET /beta/applications/{id}?$select";
const readApplication = `GET ${application}, ${beta}, GET ${application}/owners`;
const principal = "/servicePrincipals/{id}";
const readPrincipal = `GET ${principal}, GET /beta${principal}?$select, GET ${principal}/owners`;
const federated = `${application}/federatedIdentityCredentials`;
const assigned = `${principal}/appRoleAssignedTo`;
/** The reads until five show a change. */
const seen = (read: string): string => Array.from({ length: 5 }, () => read).join(", ");

/**
 * Sources: hashicorp/terraform-provider-azuread at 38d1993a1ea6, internal/services/{applications, serviceprincipals,
 * approleassignments}/*_resource.go.
 * An application is created with `preventDuplicateNames`, and looked for twice: at the plan and before the POST.
 */
export const azureadFacts: Facts = {
  provider: "azuread",
  version: "6.9.1",
  types: {
    "azuread:index/application:Application": {
      requests: {
        create: `GET /applications?$filter, GET /applications?$filter, POST /applications, PATCH ${application}, PATCH ${application}, ${readApplication}`,
        read: readApplication,
        update: `GET /applications?$filter, PATCH ${application}, ${readApplication}`,
        delete: `DELETE ${application}, ${seen(`GET ${application}`)}`,
      },
      replaces: [],
      refused: ["logoImage", "password", "templateId"],
    },
    "azuread:index/applicationCertificate:ApplicationCertificate": {
      requests: {
        create: `GET ${application}, PATCH ${application}, ${seen(`GET ${application}`)}`,
        read: `GET ${application}`,
        delete: `GET ${application}, PATCH ${application}, ${seen(`GET ${application}`)}`,
      },
      replaces: ["applicationId", "encoding", "endDate", "endDateRelative", "keyId", "startDate", "type", "value"],
    },
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": {
      requests: {
        create: `GET ${application}, POST ${federated}, ${seen(`GET ${federated}/{id}`)}`,
        read: `GET ${federated}/{id}`,
        update: `PATCH ${federated}/{id}, GET ${federated}/{id}`,
        delete: `DELETE ${federated}/{id}, ${seen(`GET ${federated}/{id}`)}`,
      },
      replaces: ["applicationId", "displayName"],
    },
    "azuread:index/applicationPassword:ApplicationPassword": {
      requests: {
        create: `GET ${application}, POST ${application}/addPassword, ${seen(`GET ${application}`)}`,
        read: `GET ${application}`,
        delete: `POST ${application}/removePassword, ${seen(`GET ${application}`)}`,
      },
      replaces: ["applicationId", "displayName", "endDate", "endDateRelative", "rotateWhenChanged", "startDate"],
    },
    "azuread:index/appRoleAssignment:AppRoleAssignment": {
      requests: {
        create: `GET ${principal}, POST ${assigned}, GET ${assigned}/{id}`,
        read: `GET ${assigned}/{id}`,
        delete: `DELETE ${assigned}/{id}`,
      },
      replaces: ["appRoleId", "principalObjectId", "resourceObjectId"],
    },
    "azuread:index/servicePrincipal:ServicePrincipal": {
      requests: {
        create: `GET /servicePrincipals?$filter, POST /servicePrincipals, PATCH ${principal}, ${readPrincipal}`,
        read: readPrincipal,
        update: `PATCH ${principal}, ${readPrincipal}`,
        delete: `DELETE ${principal}, ${seen(`GET ${principal}`)}`,
      },
      replaces: ["clientId"],
    },
  },
};
