import type { AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import type { Tenant } from "../../entra/directory";
import type { JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { graphError, resourceNotFound } from "../errors";
import { listOptions, selectOf } from "../odata/query";
import { entityReply, listReply, type EntitySet } from "../odata/reply";
import { require } from "../permissions";

const organizationSet: EntitySet = {
  set: "organization",
  resource: "Organization",
  known: [
    "id",
    "deletedDateTime",
    "countryLetterCode",
    "directorySizeQuota",
    "displayName",
    "tenantType",
    "verifiedDomains",
  ],
  properties: [],
  sortable: [],
  inDirectory: false,
};
const domainSet: EntitySet = {
  set: "domains",
  resource: "Domain",
  known: [
    "authenticationType",
    "availabilityStatus",
    "id",
    "isAdminManaged",
    "isDefault",
    "isInitial",
    "isRoot",
    "isVerified",
    "passwordNotificationWindowInDays",
    "passwordValidityPeriodInDays",
    "state",
    "supportedServices",
  ],
  properties: [],
  sortable: [],
  inDirectory: false,
};

/** The tenant itself and its domains; and `/me`, which no program has. */
export function organizationRoutes(router: Router<GraphContext>): void {
  router
    .on(
      "GET",
      "/organization",
      (request, _parameters, context) => {
        require(context.caller, "readOrganization");
        return listReply(request, context, organizationSet, [organization(request, context)]);
      },
      ["$select", "$count", "$top"],
    )
    .on(
      "GET",
      "/organization/:id",
      (request, parameters, context) => {
        require(context.caller, "readOrganization");
        const { tenant } = context.directory;
        if (parameters["id"]?.toLowerCase() !== tenant.id) {
          throw resourceNotFound(parameters["id"] ?? "");
        }
        return entityReply(request, context, organizationSet, organization(request, context));
      },
      ["$select"],
    )
    .on(
      "GET",
      "/domains",
      (request, _parameters, context) => {
        require(context.caller, "readDomains");
        return listReply(request, context, domainSet, domains(context.directory.tenant));
      },
      ["$select", "$top"],
    )
    .on(
      "GET",
      "/domains/:id",
      (request, parameters, context) => {
        require(context.caller, "readDomains");
        const found = domains(context.directory.tenant).find(({ id }) => id === parameters["id"]?.toLowerCase());
        if (found === undefined) {
          throw resourceNotFound(parameters["id"] ?? "");
        }
        return entityReply(request, context, domainSet, found);
      },
      ["$select"],
    )
    .on("GET", "/me", refuseMe, listOptions)
    .on("GET", "/me/*", refuseMe, listOptions);
}

function refuseMe(): never {
  throw graphError(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
}

/** Objects that a directory with a verified domain of its own may hold. */
const directorySize = 300_000;

/** In beta alone, and there only for who asks for it. */
function directorySizeQuota(request: AzureRequest, { directory, version }: GraphContext): JsonObject {
  if (version !== "beta" || selectOf(request)?.includes("directorySizeQuota") !== true) {
    return {};
  }
  const { applications, servicePrincipals, users } = directory;
  const used = [applications, servicePrincipals, users].reduce((sum, objects) => sum + objects.list().length, 0);
  return { directorySizeQuota: { used, total: directorySize } };
}

const organization = (request: AzureRequest, context: GraphContext): JsonObject => ({
  ...described(context.directory.tenant),
  ...directorySizeQuota(request, context),
});

const described = (tenant: Tenant): JsonObject => ({
  id: tenant.id,
  deletedDateTime: null,
  countryLetterCode: "NL",
  displayName: tenant.displayName,
  tenantType: "AAD",
  verifiedDomains: [
    { capabilities: "Email", isDefault: true, isInitial: false, name: tenant.domain, type: "Managed" },
    { capabilities: "Email", isDefault: false, isInitial: true, name: tenant.initialDomain, type: "Managed" },
  ],
});

const domains = (tenant: Tenant): JsonObject[] =>
  [tenant.domain, tenant.initialDomain].map((id) => ({
    id,
    authenticationType: "Managed",
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: id === tenant.domain,
    isInitial: id === tenant.initialDomain,
    isRoot: true,
    isVerified: true,
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: null,
    supportedServices: ["Email"],
    state: null,
  }));
