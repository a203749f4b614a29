import { createHash } from "node:crypto";
import { textOf, textsOf, type PropertyMap, type Value } from "../../server/values";
import { attempt, ProviderError } from "../failures";
import { quoted, type GraphClient, type GraphObject } from "../graphClient";
import { textIn, textsIn } from "../graphValues";

const texts = [
  "ageGroup",
  "city",
  "companyName",
  "consentProvidedForMinor",
  "country",
  "creationType",
  "department",
  "displayName",
  "employeeHireDate",
  "employeeId",
  "employeeType",
  "externalUserState",
  "faxNumber",
  "givenName",
  "jobTitle",
  "mail",
  "mailNickname",
  "mobilePhone",
  "officeLocation",
  "postalCode",
  "preferredLanguage",
  "state",
  "streetAddress",
  "surname",
  "usageLocation",
  "userPrincipalName",
  "userType",
] as const;
const onPremises = [
  "DistinguishedName",
  "DomainName",
  "ImmutableId",
  "SamAccountName",
  "SecurityIdentifier",
  "UserPrincipalName",
] as const;
const lists = ["businessPhones", "imAddresses", "otherMails", "proxyAddresses"] as const;

const selected = [
  "accountEnabled",
  "displayName",
  "employeeId",
  "id",
  "mail",
  "mailNickname",
  "onPremisesImmutableId",
  "onPremisesSamAccountName",
  "onPremisesUserPrincipalName",
  "usageLocation",
  "userPrincipalName",
  "userType",
].join(",");

/** What a user can be looked up by: the function's argument, the many-valued function's argument, Graph's property. */
const keys = [
  { argument: "userPrincipalName", many: "userPrincipalNames", property: "userPrincipalName" },
  { argument: "objectId", many: "objectIds", property: "id" },
  { argument: "mail", many: "mails", property: "mail" },
  { argument: "mailNickname", many: "mailNicknames", property: "mailNickname" },
  { argument: "employeeId", many: "employeeIds", property: "employeeId" },
] as const;

export async function getUser(graph: GraphClient, args: PropertyMap): Promise<PropertyMap> {
  for (const { argument, property } of keys) {
    const value = textOf(args[argument]);
    if (value !== undefined && value !== "") {
      const found = await find(graph, property, value);
      if (found === undefined) {
        throw new ProviderError(`User with ${argument} "${value}" was not found`);
      }
      return userState(found);
    }
  }
  throw new ProviderError(`One of ${keys.map(({ argument }) => argument).join(", ")} must be specified`);
}

export async function getUsers(graph: GraphClient, args: PropertyMap): Promise<PropertyMap> {
  const found = args["returnAll"] === true ? await all(graph) : await named(graph, args);
  const column = (property: string): Value =>
    found.map((user) => textIn(user[property])).filter((value) => value !== "");
  const names = found.map((user) => textIn(user["userPrincipalName"]));
  return {
    employeeIds: column("employeeId"),
    id: `users#${createHash("sha1").update(names.join("/")).digest("base64url")}`,
    ignoreMissing: args["ignoreMissing"] === true,
    mailNicknames: column("mailNickname"),
    mails: column("mail"),
    objectIds: column("id"),
    returnAll: args["returnAll"] === true,
    userPrincipalNames: column("userPrincipalName"),
    users: found.map(listedUser),
  };
}

function all(graph: GraphClient): Promise<GraphObject[]> {
  return attempt("Could not retrieve users", () => graph.list("/users", { $select: selected }));
}

async function named(graph: GraphClient, args: PropertyMap): Promise<GraphObject[]> {
  const key = keys.find(({ many }) => textsOf(args[many]).length > 0);
  if (key === undefined) {
    throw new ProviderError(`One of ${keys.map(({ many }) => many).join(", ")} or returnAll must be specified`);
  }
  const users: GraphObject[] = [];
  for (const value of textsOf(args[key.many])) {
    const found = await find(graph, key.property, value);
    if (found !== undefined) {
      users.push(found);
    } else if (args["ignoreMissing"] !== true) {
      throw new ProviderError(`User with ${key.argument} "${value}" was not found`);
    }
  }
  return users;
}

async function find(graph: GraphClient, property: string, value: string): Promise<GraphObject | undefined> {
  return attempt(`Finding user with ${property}: "${value}"`, async () => {
    if (property === "id") {
      return graph.get(`/users/${encodeURIComponent(value)}`);
    }
    const found = await graph.list("/users", { $filter: `${property} eq ${quoted(value)}` });
    if (found.length > 1) {
      throw new ProviderError(`More than one user found with ${property}: "${value}"`);
    }
    return found[0];
  });
}

function userState(user: GraphObject): PropertyMap {
  return {
    ...Object.fromEntries(texts.map((name) => [name, textIn(user[name])])),
    ...Object.fromEntries(onPremises.map((name) => [`onpremises${name}`, textIn(user[`onPremises${name}`])])),
    ...Object.fromEntries(lists.map((name) => [name, textsIn(user[name])])),
    accountEnabled: user["accountEnabled"] === true,
    costCenter: "",
    division: "",
    id: `/users/${textIn(user["id"])}`,
    managerId: "",
    objectId: textIn(user["id"]),
    onpremisesSyncEnabled: user["onPremisesSyncEnabled"] === true,
    showInAddressList: user["showInAddressList"] === true,
  };
}

function listedUser(user: GraphObject): PropertyMap {
  const {
    accountEnabled,
    displayName,
    employeeId,
    mail,
    mailNickname,
    objectId,
    usageLocation,
    userPrincipalName,
    ...rest
  } = userState(user);
  const { onpremisesImmutableId, onpremisesSamAccountName, onpremisesUserPrincipalName } = rest;
  return {
    accountEnabled,
    displayName,
    employeeId,
    mail,
    mailNickname,
    objectId,
    onpremisesImmutableId,
    onpremisesSamAccountName,
    onpremisesUserPrincipalName,
    usageLocation,
    userPrincipalName,
  };
}
