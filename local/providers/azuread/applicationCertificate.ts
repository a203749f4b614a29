import { randomUUID, X509Certificate } from "node:crypto";
import { requiredText, without, textOf, type PropertyMap } from "../server/values";
import { applicationId, notEmpty, oneOf, rfc3339, text, uuid } from "./attributes";
import { untilShown } from "./consistency";
import {
  credentialId,
  findCredential,
  parseCredentialId,
  presentCredential,
  wholeSeconds,
  type CredentialId,
} from "./credentials";
import { goDuration } from "./goDuration";
import { about, alreadyExists, attempt, ProviderError } from "./failures";
import { rfc3339Problem } from "./goTime";
import { applicationWords } from "./idWords";
import { added, removed } from "./retryRules";
import type { GraphClient, GraphObject } from "./graphClient";
import { objectsIn, textIn } from "./graphValues";
import { lastPart, type ResourceType } from "./resourceType";

export const applicationCertificate: ResourceType = {
  type: "azuread:index/applicationCertificate:ApplicationCertificate",
  orphanStaysValid: true,
  timeouts: { create: 10 },
  attributes: {
    applicationId: text("application_id", { required: true, forceNew: true, validate: applicationId }),
    encoding: text("encoding", { forceNew: true, default: "pem", validate: oneOf("base64", "hex", "pem") }),
    endDate: text("end_date", {
      computed: true,
      forceNew: true,
      conflictsWith: ["endDateRelative"],
      validate: rfc3339,
    }),
    endDateRelative: text("end_date_relative", { forceNew: true, conflictsWith: ["endDate"], validate: notEmpty }),
    keyId: text("key_id", { computed: true, forceNew: true, validate: uuid }),
    startDate: text("start_date", { computed: true, forceNew: true, validate: rfc3339 }),
    type: text("type", { forceNew: true, validate: oneOf("AsymmetricX509Cert", "Symmetric") }),
    value: text("value", { required: true, forceNew: true, secret: true }),
  },

  async create({ graph, locks }, inputs, progress) {
    const path = requiredText(inputs, "applicationId");
    const credential = keyCredential(inputs);
    const key = { applicationPath: path, keyId: credential.keyId };
    const id = credentialId(path, "certificate", credential.keyId);
    return locks.run(path, async () => {
      const present = await keysOf(graph, path);
      if (present.some(({ keyId }) => keyId === credential.keyId)) {
        throw alreadyExists("azuread_application_certificate", id);
      }
      await attempt(`Adding certificate for ${applicationWords(path)}`, () =>
        graph.patch(path, { keyCredentials: [...present.map(withoutKey), credential] }),
      );
      progress.written = true;
      const found = await seen(graph, key);
      return { id, state: stateOf(path, found, inputs) };
    });
  },

  async read({ graph }, id, previous) {
    const key = parseCredentialId(id, "certificate");
    const words = applicationWords(key.applicationPath);
    const found = await attempt(about("application_id", `Retrieving ${words}`), () =>
      findCredential(graph, key, "keyCredentials"),
    );
    return found === undefined ? undefined : { id, state: stateOf(key.applicationPath, found, previous) };
  },

  async delete({ graph, locks }, id) {
    const key = parseCredentialId(id, "certificate");
    const path = key.applicationPath;
    await locks.run(path, async () => {
      const app = await attempt(about("application_id", `Retrieving ${applicationWords(path)}`), () => graph.get(path));
      if (app === undefined) {
        return;
      }
      const others = objectsIn(app["keyCredentials"]).filter(({ keyId }) => keyId !== key.keyId);
      await attempt(
        `Removing certificate credential "${key.keyId}" from application with object ID "${lastPart(path)}"`,
        () => graph.patch(path, { keyCredentials: others.map(withoutKey) }),
      );
      const gone = async (): Promise<boolean> => (await findCredential(graph, key, "keyCredentials")) === undefined;
      await untilShown(removed, `deletion of certificate ${key.keyId}`, gone, graph);
    });
  },

  /** Taken over, it would be replaced at once: Graph does not tell its value. So it goes, to be made anew. */
  async findPending({ graph, locks }, inputs, known) {
    const path = requiredText(inputs, "applicationId");
    return locks.run(path, async () => {
      const present = objectsIn((await graph.get(path))?.["keyCredentials"]);
      const isKnown = ({ keyId }: GraphObject): boolean => known.has(credentialId(path, "certificate", textIn(keyId)));
      const others = present.filter((credential) => isKnown(credential) || !isSame(credential, inputs));
      if (others.length === present.length) {
        return undefined;
      }
      await graph.patch(path, { keyCredentials: others.map(withoutKey) });
      return "removed";
    });
  },
};

/**
 * By the key ID where the program states one; else by the certificate's thumbprint; and where the certificate is not known,
 * since the state keeps it encrypted, by its dates.
 */
function isSame(credential: GraphObject, inputs: PropertyMap): boolean {
  const keyId = textOf(inputs["keyId"]);
  if (keyId !== undefined) {
    return credential["keyId"] === keyId;
  }
  if (inputs["value"] === undefined) {
    return isDated(credential, inputs);
  }
  const thumbprint = Buffer.from(new X509Certificate(pem(inputs)).fingerprint.replaceAll(":", ""), "hex");
  const found = textIn(credential["customKeyIdentifier"]);
  return found === thumbprint.toString("base64") || found.toLowerCase() === thumbprint.toString("hex");
}

function isDated({ startDateTime, endDateTime }: GraphObject, { startDate, endDate }: PropertyMap): boolean {
  const same = (found: unknown, stated: unknown): boolean => Date.parse(textIn(found)) === Date.parse(textIn(stated));
  return same(startDateTime, startDate) && same(endDateTime, endDate);
}

async function keysOf(graph: GraphClient, path: string): Promise<readonly GraphObject[]> {
  const app = await attempt(about("application_id", `Retrieving ${applicationWords(path)}`), () => graph.present(path));
  return objectsIn(app["keyCredentials"]);
}

/** A key that Graph has is kept by naming it; its value must not be sent again. */
function withoutKey(credential: GraphObject): GraphObject {
  return without(credential, "key");
}

async function seen(graph: GraphClient, key: CredentialId): Promise<GraphObject> {
  let found: GraphObject | undefined;
  await attempt(`Waiting for certificate credential for ${applicationWords(key.applicationPath)}`, () =>
    untilShown(
      added,
      `certificate ${key.keyId}`,
      async () => (found = await presentCredential(graph, key, "keyCredentials")) !== undefined,
      graph,
    ),
  );
  return found ?? {};
}

function stateOf(path: string, found: GraphObject, inputs: PropertyMap): PropertyMap {
  const { encoding, endDateRelative, value } = inputs;
  return {
    applicationId: path,
    encoding: encoding ?? "pem",
    endDate: textIn(found["endDateTime"]),
    ...(endDateRelative === undefined ? {} : { endDateRelative }),
    keyId: textIn(found["keyId"]),
    startDate: textIn(found["startDateTime"]),
    type: textIn(found["type"]),
    ...(value === undefined ? {} : { value }),
  };
}

interface KeyCredential extends Readonly<Record<string, string>> {
  readonly keyId: string;
}

function keyCredential(inputs: PropertyMap): KeyCredential {
  const end = endDate(inputs);
  const start = textOf(inputs["startDate"]);
  return {
    keyId: textOf(inputs["keyId"]) ?? randomUUID(),
    type: textOf(inputs["type"]) ?? "",
    usage: "Verify",
    key: Buffer.from(pem(inputs)).toString("base64"),
    ...(start === undefined ? {} : { startDateTime: wholeSeconds(start) }),
    ...(end === undefined ? {} : { endDateTime: end }),
  };
}

/** Graph is sent the PEM text, whatever the program has. */
function pem(inputs: PropertyMap): string {
  const value = requiredText(inputs, "value");
  const encoding = inputs["encoding"] ?? "pem";
  if (encoding === "pem") {
    return value;
  }
  const der = Buffer.from(value.trim(), encoding === "hex" ? "hex" : "base64").toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function endDate(inputs: PropertyMap): string | undefined {
  const absolute = textOf(inputs["endDate"]);
  const relative = textOf(inputs["endDateRelative"]);
  if (absolute !== undefined || relative === undefined) {
    return absolute === undefined ? undefined : wholeSeconds(absolute);
  }
  const what = `Generating certificate credentials for ${applicationWords(requiredText(inputs, "applicationId"))}`;
  const duration = goDuration(relative);
  if (duration === undefined) {
    throw new ProviderError(
      about("end_date_relative", what),
      `Unable to parse \`end_date_relative\` ("${relative}") as a duration`,
    );
  }
  if (inputs["startDate"] !== undefined) {
    // The real provider reads the duration as the start date here, and so refuses the two together.
    const reason = rfc3339Problem(relative) ?? "";
    throw new ProviderError(
      about("start_date", what),
      `Unable to parse the provided start date "${relative}": ${reason}`,
    );
  }
  return wholeSeconds(new Date(Date.now() + duration).toISOString());
}
