import * as pulumi from "@pulumi/pulumi";
import { oneOf } from "../checks/oneOf";
import { spelled } from "../checks/spelling";

/** How the daemon's permissions come to be granted. */
export const consentModes = ["grant", "request", "external"] as const;
export const DEFAULT_CONSENT = "grant";

export const consentMode = oneOf("a consent mode", consentModes);

/** Where an administrator of the tenant grants what the application asks for. */
export const adminConsentUrl = (
  tenantId: pulumi.Input<string>,
  clientId: pulumi.Input<string>,
): pulumi.Output<string> =>
  pulumi.interpolate`https://login.microsoftonline.com/${spelled(tenantId)}/adminconsent?client_id=${spelled(clientId)}`;
