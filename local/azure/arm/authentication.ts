import { tenant } from "../landingZone/layout";
import type { Cloud } from "../cloud";
import { TokenRefused, type Caller } from "../entra/caller";
import type { AzureRequest } from "../http/message";
import type { ServiceError } from "../http/serviceError";
import { armError } from "./errors";

/** The resources a management token may be for. */
const audiences = ["https://management.azure.com/", "https://management.core.windows.net/"] as const;

/** The caller of a request to ARM. @throws ServiceError 401, where the token is missing or no good */
export async function authenticate(cloud: Cloud, request: AzureRequest): Promise<Caller> {
  try {
    return await cloud.tokens.authenticate(request, audiences);
  } catch (error) {
    throw error instanceof TokenRefused ? refusal(error) : error;
  }
}

function refusal({ problem, audience }: TokenRefused): ServiceError {
  const allowed = audiences.flatMap((url) => [`'${url}'`, `'${url.replace(/\/$/, "")}'`]).join(",");
  switch (problem) {
    case "missing":
      return unauthorized(
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
        "The authentication failed because of missing 'Authorization' header.",
      );
    case "expired":
      return unauthorized("ExpiredAuthenticationToken", "The access token expiry time has passed.");
    case "audience":
      return unauthorized(
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${audience ?? ""}'. It should exactly match with one of the allowed audiences ${allowed}.`,
      );
    case "tenant":
      return unauthorized(
        "InvalidAuthenticationTokenTenant",
        `The access token is from the wrong issuer. It must match the tenant 'https://sts.windows.net/${tenant.id}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${tenant.id}' to get the token.`,
      );
    case "malformed":
    case "signature":
      return unauthorized("InvalidAuthenticationToken", "The access token is invalid.");
  }
}

const unauthorized = (code: string, message: string, description = message): ServiceError =>
  armError(401, code, message, {
    "www-authenticate": `Bearer authorization_uri="https://login.windows.net/${tenant.id}", error="invalid_token", error_description="${description}"`,
    "x-ms-failure-cause": "gateway",
  });
