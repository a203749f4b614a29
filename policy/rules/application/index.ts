import { applicationDuplicateNames } from "./duplicateNames";
import { applicationNoImplicitGrant } from "./noImplicitGrant";
import { applicationNoInlinePassword } from "./noInlinePassword";
import { applicationNotPublicClient } from "./notPublicClient";
import { applicationOwners } from "./owners";
import { applicationRedirectUris } from "./redirectUris";
import { applicationRequestedPermissions } from "./requestedPermissions";
import { applicationSingleTenant } from "./singleTenant";

export const applicationRules = [
  applicationSingleTenant,
  applicationNoInlinePassword,
  applicationNoImplicitGrant,
  applicationNotPublicClient,
  applicationRedirectUris,
  applicationRequestedPermissions,
  applicationOwners,
  applicationDuplicateNames,
];
