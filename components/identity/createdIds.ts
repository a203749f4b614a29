import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const UNFINISHED =
  "An earlier run created this application and ended before it was finished: its name and its owners may be wrong. Refresh the stack, then update it.";

/**
 * The client ID of a new application. A run that ended between its creation and its first reading has left the state without it,
 * and only a refresh would read it: it is looked up then, and whoever runs the program is told.
 */
export function createdClientId(
  application: azuread.Application,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  return pulumi.all([application.id, unread(application.clientId)]).apply(([id, clientId]) => {
    if (clientId !== undefined) return pulumi.output(clientId);
    void pulumi.log.warn(UNFINISHED, application);
    return azuread.getApplicationOutput({ objectId: lastPart(id) }, opts).clientId;
  });
}

/** The object ID of a new service principal, which its resource ID ends with. */
export function createdObjectId(principal: azuread.ServicePrincipal): pulumi.Output<string> {
  return pulumi.all([principal.id, unread(principal.objectId)]).apply(([id, objectId]) => objectId ?? lastPart(id));
}

/** What only Azure knows is there when a resource was read. */
const unread = (output: pulumi.Output<string>): pulumi.Output<string | undefined> => output;

const lastPart = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
