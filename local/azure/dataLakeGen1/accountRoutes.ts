import { z } from "zod";
import { accepted, operationKind, startOperation } from "../arm/asyncOperations";
import { contentOf } from "../arm/jsonContent";
import { shortLocation } from "../arm/regions";
import type { ArmContext } from "../arm/resourceProvider";
import { empty, json, type AzureRequest, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import { accountPatch, accountProperties, accountPut, type AccountPatch, type AccountPut } from "./accountInput";
import type { AccountRecord } from "./accountRecord";
import { Accounts } from "./accounts";
import { accountSummary, accountView } from "./accountView";
import {
  accountBusy,
  accountNameTaken,
  accountNameTakenMessage,
  invalidAccountName,
  invalidAccountNameMessage,
  serviceRetired,
} from "./managementErrors";

const namespace = "Microsoft.DataLakeStore";
const group = `/subscriptions/:subscription/resourceGroups/:group/providers/${namespace}`;
const subscription = `/subscriptions/:subscription/providers/${namespace}`;
const namePattern = /^[a-z0-9]{3,24}$/;
const accountLimit = 10;
const nameToCheck = z.object({ name: z.string(), type: z.literal("Microsoft.DataLakeStore/accounts") });

const creation = operationKind<{ readonly account: string }>({
  name: "Microsoft.DataLakeStore/accounts/write",
  namespace,
  statusType: "operationResults",
  complete(cloud, input) {
    const ready = new Accounts(cloud).complete(input.account);
    if (ready === undefined) {
      const message = `The account ${input.account} was deleted while it was being created.`;
      return { status: "Failed", error: { code: "ResourceNotFound", message } };
    }
    return { status: "Succeeded", body: accountView(ready) };
  },
});

/** Data Lake Store accounts through ARM. */
export function addAccountRoutes(router: Router<ArmContext>, accounts: Accounts): void {
  router
    .on("PUT", `${group}/accounts/:account`, (request, { account: name = "" }, context) => {
      return putAccount(accounts, name, accountPut(request), context);
    })
    .on("GET", `${group}/accounts/:account`, (_request, { account: name = "" }, context) => {
      return json(200, accountView(accounts.inGroup(name, context.resourceGroup)));
    })
    .on("PATCH", `${group}/accounts/:account`, (request, { account: name = "" }, context) => {
      const account = accounts.inGroup(name, context.resourceGroup);
      return json(200, accountView(change(accounts, account, accountPatch(request), context)));
    })
    .on("DELETE", `${group}/accounts/:account`, (_request, { account: name = "" }, context) => {
      const account = accounts.get(name);
      if (account === undefined || account.resourceGroup !== context.resourceGroup) {
        return empty(204);
      }
      accounts.delete(account);
      return empty(200);
    })
    .on("GET", `${group}/accounts`, (_request, _parameters, context) => {
      const found = accounts.allInGroup(context.resourceGroup);
      return json(200, { value: found.map(accountSummary) });
    })
    .on("GET", `${subscription}/accounts`, () => json(200, { value: accounts.all().map(accountSummary) }))
    .on("GET", `${subscription}/locations/:location/capability`, (_request, _parameters, { subscriptionId }) => {
      const accountCount = accounts.all().length;
      const quota = { maxAccountCount: accountLimit, accountCount, migrationState: false };
      return json(200, { subscriptionId, state: "Registered", ...quota });
    })
    .on("POST", `${subscription}/locations/:location/checkNameAvailability`, (request) => {
      return json(200, availability(accounts, request));
    });
}

function putAccount(accounts: Accounts, name: string, body: AccountPut, context: ArmContext): AzureResponse {
  const present = accounts.get(name);
  if (present === undefined) {
    return createAccount(accounts, name, body, context);
  }
  if (present.resourceGroup !== context.resourceGroup) {
    throw accountNameTaken(name);
  }
  return json(200, accountView(change(accounts, present, body, context)));
}

function createAccount(accounts: Accounts, name: string, body: AccountPut, context: ArmContext): AzureResponse {
  const { resourceGroup = "", subscriptionId, apiVersion, cloud, caller } = context;
  if (!namePattern.test(name)) {
    throw invalidAccountName(name);
  }
  if (cloud.allowsRetiredServices !== true) {
    throw serviceRetired(name);
  }
  const location = shortLocation(body.location);
  const account = accounts.add({
    name,
    resourceGroup,
    location,
    tags: body.tags ?? {},
    creator: caller.objectId,
    provisioningState: "Creating",
    properties: accountProperties(body.properties ?? {}),
  });
  const operation = startOperation(cloud, creation, { subscriptionId, apiVersion, location, input: { account: name } });
  return accepted(operation, "both", { status: 201, body: accountView(account) });
}

function change(accounts: Accounts, account: AccountRecord, body: AccountPatch, context: ArmContext): AccountRecord {
  if (account.provisioningState === "Creating") {
    throw accountBusy(account.name);
  }
  const changed: AccountRecord = {
    ...account,
    tags: body.tags ?? account.tags,
    modifiedAt: context.cloud.clock.now().toISOString(),
    properties: accountProperties(body.properties ?? {}, account.properties),
  };
  accounts.save(changed);
  return changed;
}

function availability(accounts: Accounts, request: AzureRequest): object {
  const { name } = contentOf(request, nameToCheck);
  if (!namePattern.test(name)) {
    return { nameAvailable: false, reason: "Invalid", message: invalidAccountNameMessage(name) };
  }
  return accounts.get(name) === undefined
    ? { nameAvailable: true }
    : { nameAvailable: false, reason: "AlreadyExists", message: accountNameTakenMessage(name) };
}
