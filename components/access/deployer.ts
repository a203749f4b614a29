import * as authorization from "@pulumi/azure-native/authorization";
import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import { oncePerRun } from "./oncePerRun";

/** Who runs this program, as Microsoft Entra ID knows it. */
export const deployer = (parent: pulumi.Resource): pulumi.Output<azuread.GetClientConfigResult> =>
  oncePerRun("deployer", parent, "azuread::", () => azuread.getClientConfigOutput({ parent }));

/** The subscription that this program deploys to. */
export const subscriptionId = (parent: pulumi.Resource): pulumi.Output<string> =>
  oncePerRun("subscription", parent, "azure-native::", () => authorization.getClientConfigOutput({ parent })).apply(
    (client) => client.subscriptionId,
  );
