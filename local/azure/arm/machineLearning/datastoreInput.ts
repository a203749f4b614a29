import { z } from "zod";
import { userError } from "./inWorkspace";
import { ownValue } from "../../http/ownValue";

/** What each type of datastore must name. */
const needs: Readonly<Record<string, readonly string[]>> = {
  AzureBlob: ["accountName", "containerName"],
  AzureDataLakeGen2: ["accountName", "filesystem"],
  AzureDataLakeGen1: ["storeName"],
  AzureFile: ["accountName", "fileShareName"],
};

/** Which secrets credentials of each type have. */
const secretsOf: Readonly<Record<string, readonly string[]>> = {
  None: [],
  AccountKey: ["key"],
  Sas: ["sasToken"],
  ServicePrincipal: ["clientSecret"],
  Certificate: ["certificate"],
};

const body = z.looseObject({
  properties: z.looseObject({
    datastoreType: z.string(),
    credentials: z.looseObject({
      credentialsType: z.string(),
      secrets: z.looseObject({ secretsType: z.string().nullish() }).nullish(),
    }),
  }),
});

/** What a client says of a datastore, and its secrets apart. */
interface DatastoreInput {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/** Reads a datastore. @throws ServiceError 400, in words that never quote a secret */
export function datastoreInput(given: unknown): DatastoreInput {
  const parsed = body.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw userError(`The datastore's ${issue?.path.join(".") ?? "body"} is not valid.`);
  }
  const { credentials, ...properties } = parsed.data.properties;
  const { datastoreType } = properties;
  const named = ownValue(needs, datastoreType);
  if (named === undefined) {
    throw userError(`The datastoreType '${datastoreType}' is none of ${Object.keys(needs).join(", ")}.`);
  }
  const missing = named.filter((name) => typeof properties[name] !== "string");
  if (missing.length > 0) {
    throw userError(`A datastore of the type ${datastoreType} needs ${missing.join(", ")}.`);
  }
  const { secrets, ...shownCredentials } = credentials;
  const { credentialsType } = credentials;
  const wanted = ownValue(secretsOf, credentialsType);
  if (wanted === undefined) {
    throw userError(`The credentialsType '${credentialsType}' is none of ${Object.keys(secretsOf).join(", ")}.`);
  }
  const absent = wanted.filter((name) => typeof secrets?.[name] !== "string");
  if (absent.length > 0) {
    throw userError(`Credentials of the type ${credentialsType} need the secret ${absent.join(", ")}.`);
  }
  return {
    properties: {
      description: null,
      tags: {},
      properties: {},
      isDefault: false,
      serviceDataAccessAuthIdentity: "None",
      ...(datastoreType === "AzureDataLakeGen1" ? {} : { endpoint: "core.windows.net", protocol: "https" }),
      ...withoutNulls(properties),
      credentials: shownCredentials,
    },
    ...(wanted.length > 0 && { secrets: { ...secrets, secretsType: credentialsType } }),
  };
}

const withoutNulls = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
