import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import { oncePerRun } from "../access/oncePerRun";
import { MICROSOFT_GRAPH_CLIENT_ID } from "./permissions";

/**
 * Object ID of Microsoft Graph's service principal in the tenant. It is looked up and never owned: an owned one would
 * be deleted with the stack, and with it every grant in the tenant.
 */
export const graphObjectId = (parent: pulumi.Resource): pulumi.Output<string> =>
  oncePerRun("Microsoft Graph", parent, "azuread::", () =>
    azuread.getServicePrincipalOutput({ clientId: MICROSOFT_GRAPH_CLIENT_ID }, { parent }),
  ).apply((graph) => graph.objectId);
