import type { Cloud } from "../cloud";
import { heldAppRoles } from "../entra/appRoles";
import { TokenRefused, type Caller } from "../entra/caller";
import { consentAppId, microsoftGraphAppId } from "../entra/wellKnown/firstPartyPrincipals";
import { empty, json, queryParameter, type AzureRequest, type AzureResponse } from "../http/message";
import { Router, type Operation } from "../http/router";
import type { Service } from "../http/service";
import { ServiceError } from "../http/serviceError";
import { ConsentRefused, consentTo } from "./consent";

const host = "main.iam.ad.ext.azure.com";

/** Microsoft Graph's permission without which nobody grants application permissions. */
const grantsRoles = "AppRoleAssignment.ReadWrite.All";

const refusal = (status: number, message: string): ServiceError =>
  new ServiceError(status === 501 ? "NotImplemented" : "Refused", json(status, { Message: message }));

/**
 * The portal's service that grants admin consent, which `az ad app permission admin-consent` calls. Local Azure signs in
 * no people, so it takes a program that may grant application permissions for the administrator.
 */
export function createAdminConsent(cloud: Cloud): Service & { readonly operations: readonly Operation[] } {
  const routes = new Router<Caller>().on(
    "POST",
    "/api/RegisteredApplications/:appId/Consent",
    (request, { appId = "" }, caller) => {
      if (queryParameter(request, "onBehalfOfAll")?.toLowerCase() !== "true") {
        throw refusal(
          501,
          "Local Azure supports consent for all users only: set onBehalfOfAll=true. Nothing was changed.",
        );
      }
      requireAdministrator(cloud, caller);
      const application = cloud.directory.applications.byAppId(appId);
      if (application === undefined) {
        throw refusal(404, `There is no application ${appId}.`);
      }
      try {
        consentTo(cloud.directory, application);
      } catch (error) {
        throw error instanceof ConsentRefused ? refusal(501, error.message) : error;
      }
      return empty(204);
    },
    ["onBehalfOfAll"],
  );
  const unsupported = ({ method, path }: AzureRequest): AzureResponse =>
    json(501, { Message: `Local Azure does not support ${method} ${path} at ${host}.` });
  return {
    name: "adminConsent",
    serves: (candidate) => candidate === host,
    operations: routes.operations,
    unsupported,
    async handle(request) {
      const caller = await callerOf(cloud, request);
      const found = routes.find(request);
      const unread = found?.unreadOptions() ?? [];
      if (unread.length > 0) {
        throw refusal(
          501,
          `Local Azure does not support the query option ${unread.join(", ")} for consent. Nothing was changed.`,
        );
      }
      return found?.answer(caller) ?? unsupported(request);
    },
  };
}

async function callerOf(cloud: Cloud, request: AzureRequest): Promise<Caller> {
  try {
    return await cloud.tokens.authenticate(request, [consentAppId]);
  } catch (error) {
    throw error instanceof TokenRefused
      ? refusal(401, "The access token is missing or is not for this service.")
      : error;
  }
}

function requireAdministrator({ directory }: Cloud, { objectId }: Caller): void {
  const graph = directory.servicePrincipals.byAppId(microsoftGraphAppId);
  if (graph === undefined || !heldAppRoles(directory, objectId, graph).includes(grantsRoles)) {
    throw refusal(403, `Consent on behalf of all takes Microsoft Graph's ${grantsRoles}.`);
  }
}
