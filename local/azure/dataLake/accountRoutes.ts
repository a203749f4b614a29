import { z } from "zod";
import { accepted, operationKind, startOperation } from "../arm/asyncOperations";
import { invalidResourceLocation } from "../arm/errors";
import { checkSubnets } from "../arm/network/serviceEndpoints";
import { shortLocation } from "../arm/regions";
import type { ArmContext } from "../arm/resourceProvider";
import { empty, json, type AzureRequest, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import {
  accountPatch,
  accountProperties,
  accountPut,
  checkSkuChange,
  parseBody,
  type AccountPatch,
  type AccountPut,
} from "./accountInput";
import { accountKeys } from "./accountKeys";
import type { AccountRecord, NetworkRules } from "./accountRecord";
import { accountId, Accounts } from "./accounts";
import {
  accountAlreadyTakenMessage,
  accountBusy,
  accountInAnotherResourceGroup,
  accountNameInvalid,
  accountNameInvalidMessage,
  propertyCannotBeUpdated,
} from "./managementErrors";

const provider = "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Storage";
const namePattern = /^[a-z0-9]{3,24}$/;

/** What Azure lets a subscription have in one region until it asks for more. */
const accountsPerRegion = 250;
const nameToCheck = z.object({ name: z.string(), type: z.literal("Microsoft.Storage/storageAccounts") });

const creation = operationKind<{ readonly account: string }>({
  name: "Microsoft.Storage/storageAccounts/write",
  namespace: "Microsoft.Storage",
  statusType: "asyncoperations",
  complete(cloud, input) {
    const accounts = new Accounts(cloud);
    const ready = accounts.complete(input.account);
    if (ready === undefined) {
      const message = `The storage account ${input.account} was deleted while it was being created.`;
      return { status: "Failed", error: { code: "StorageAccountNotFound", message } };
    }
    return { status: "Succeeded", body: accounts.view(ready) };
  },
});

/** Storage accounts through ARM. */
export function addAccountRoutes(router: Router<ArmContext>, accounts: Accounts): void {
  router
    .on("PUT", `${provider}/storageAccounts/:account`, (request, { account: name = "" }, context) => {
      if (!namePattern.test(name)) {
        throw accountNameInvalid(name);
      }
      return putAccount(accounts, name, accountPut(request), context);
    })
    .on("GET", `${provider}/storageAccounts/:account`, (_request, { account: name = "" }, context) => {
      return json(200, accounts.view(accounts.inGroup(name, context.resourceGroup)));
    })
    .on("PATCH", `${provider}/storageAccounts/:account`, (request, { account: name = "" }, context) => {
      const account = accounts.inGroup(name, context.resourceGroup);
      return json(200, accounts.view(change(accounts, account, accountPatch(request), context)));
    })
    .on("DELETE", `${provider}/storageAccounts/:account`, (_request, { account: name = "" }, context) => {
      const account = accounts.get(name);
      if (account === undefined || account.resourceGroup !== context.resourceGroup) {
        return empty(204);
      }
      accounts.delete(account);
      return empty(200);
    })
    .on("POST", `${provider}/storageAccounts/:account/listKeys`, (_request, { account: name = "" }, context) => {
      const account = accounts.inGroup(name, context.resourceGroup);
      const keys = accountKeys(context.cloud.stateKey, account).map((key) => ({
        creationTime: account.createdAt,
        ...key,
        permissions: "FULL",
      }));
      return json(200, { keys });
    })
    .on("GET", `${provider}/storageAccounts`, (_request, _parameters, context) => {
      const found = accounts.allInGroup(context.resourceGroup);
      return json(200, { value: found.map((account) => accounts.view(account)) });
    })
    .on("GET", "/subscriptions/:subscription/providers/Microsoft.Storage/storageAccounts", () => {
      return json(200, { value: accounts.all().map((account) => accounts.view(account)) });
    })
    .on("POST", "/subscriptions/:subscription/providers/Microsoft.Storage/checkNameAvailability", (request) => {
      return json(200, availability(accounts, request));
    })
    .on(
      "GET",
      "/subscriptions/:subscription/providers/Microsoft.Storage/locations/:location/usages",
      (_request, { location = "" }) => json(200, { value: [accountUsage(accounts, shortLocation(location))] }),
    );
}

/** How many accounts a region of the subscription has, of how many. */
const accountUsage = (accounts: Accounts, region: string): object => ({
  unit: "Count",
  currentValue: accounts.all().filter(({ location }) => location === region).length,
  limit: accountsPerRegion,
  name: { value: "StorageAccounts", localizedValue: "Storage Accounts" },
});

function putAccount(accounts: Accounts, name: string, body: AccountPut, context: ArmContext): AzureResponse {
  const present = accounts.get(name);
  if (present === undefined) {
    return createAccount(accounts, name, body, context);
  }
  if (present.resourceGroup !== context.resourceGroup) {
    throw accountInAnotherResourceGroup(name);
  }
  if (shortLocation(body.location) !== present.location) {
    throw invalidResourceLocation(name, present.resourceGroup, present.location, body.location);
  }
  return json(200, accounts.view(change(accounts, present, body, context)));
}

function createAccount(accounts: Accounts, name: string, body: AccountPut, context: ArmContext): AzureResponse {
  const { resourceGroup = "", subscriptionId, apiVersion, cloud } = context;
  const location = shortLocation(body.location);
  checkNetworks(body, undefined, accountId(resourceGroup, name), context);
  accounts.save({
    id: accountId(resourceGroup, name),
    name,
    resourceGroup,
    location,
    tags: body.tags ?? {},
    kind: body.kind,
    sku: body.sku.name,
    createdAt: cloud.clock.now().toISOString(),
    provisioningState: "Creating",
    properties: accountProperties(body.properties ?? {}, { kind: body.kind }),
    blobService: {},
  });
  const operation = startOperation(cloud, creation, { subscriptionId, apiVersion, location, input: { account: name } });
  const answer = accepted(operation, "location");
  return { ...answer, headers: { ...answer.headers, "content-type": "text/plain; charset=utf-8" } };
}

function change(accounts: Accounts, account: AccountRecord, body: AccountPatch, context: ArmContext): AccountRecord {
  if (account.provisioningState === "Creating") {
    throw accountBusy();
  }
  checkSkuChange(account, body.sku);
  checkNetworks(body, account.properties.networkAcls, account.id, context);
  const kind = body.kind ?? account.kind;
  if (kind !== account.kind && (kind !== "StorageV2" || account.kind === "FileStorage")) {
    throw propertyCannotBeUpdated("kind");
  }
  const changed: AccountRecord = {
    ...account,
    kind,
    sku: body.sku?.name ?? account.sku,
    tags: body.tags ?? account.tags,
    properties: accountProperties(body.properties ?? {}, { ...account, kind }),
  };
  accounts.save(changed);
  return changed;
}

/** The caller may let in the subnets that are new among the rules, and they have an endpoint for storage. */
function checkNetworks(
  body: AccountPatch,
  present: NetworkRules | undefined,
  scope: string,
  context: ArmContext,
): void {
  checkSubnets(context, {
    action: "Microsoft.Storage/storageAccounts/write",
    scope,
    service: "Microsoft.Storage",
    present: (present?.virtualNetworkRules ?? []).map(({ id }) => id),
    asked: (body.properties?.networkAcls?.virtualNetworkRules ?? []).map(({ id }) => ({ id, ignoreMissing: false })),
  });
}

function availability(accounts: Accounts, request: AzureRequest): object {
  const { name } = parseBody(nameToCheck, request);
  if (!namePattern.test(name)) {
    return { nameAvailable: false, reason: "AccountNameInvalid", message: accountNameInvalidMessage(name) };
  }
  return accounts.get(name) === undefined
    ? { nameAvailable: true }
    : { nameAvailable: false, reason: "AlreadyExists", message: accountAlreadyTakenMessage(name) };
}
