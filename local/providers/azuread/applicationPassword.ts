import { requiredText, Secret, textOf, type PropertyMap } from "../server/values";
import { applicationId, map, notEmpty, output, rfc3339, text } from "./attributes";
import { untilShown } from "./consistency";
import { credentialId, findCredential, parseCredentialId, presentCredential, wholeSeconds } from "./credentials";
import { about, attempt, ProviderError } from "./failures";
import { applicationWords } from "./idWords";
import { added as addedRule, removed } from "./retryRules";
import type { GraphClient, GraphObject } from "./graphClient";
import { objectsIn, textIn } from "./graphValues";
import type { ResourceType } from "./resourceType";

export const applicationPassword: ResourceType = {
  type: "azuread:index/applicationPassword:ApplicationPassword",
  importable: false,
  orphanStaysValid: true,
  timeouts: { create: 15 },
  attributes: {
    applicationId: text("application_id", { required: true, forceNew: true, validate: applicationId }),
    displayName: text("display_name", { computed: true, forceNew: true }),
    endDate: text("end_date", {
      computed: true,
      forceNew: true,
      conflictsWith: ["endDateRelative"],
      validate: rfc3339,
    }),
    endDateRelative: text("end_date_relative", { forceNew: true, conflictsWith: ["endDate"], validate: notEmpty }),
    keyId: text("key_id", output),
    rotateWhenChanged: map("rotate_when_changed", { forceNew: true }),
    startDate: text("start_date", { computed: true, forceNew: true, validate: rfc3339 }),
    value: text("value", { ...output, secret: true }),
  },

  async create({ graph, locks }, inputs, progress) {
    const path = requiredText(inputs, "applicationId");
    return locks.run(path, async () => {
      const words = applicationWords(path);
      const app = await attempt(about("application_id", `Retrieving ${words}`), () => graph.get(path));
      if (app === undefined) {
        throw new ProviderError(about("application_id", `${words} was not found`));
      }
      // As in the real provider, a relative end date is never sent: the service then decides.
      const passwordCredential = {
        ...optional("displayName", textOf(inputs["displayName"])),
        ...optional("startDateTime", date(inputs["startDate"])),
        ...optional("endDateTime", date(inputs["endDate"])),
      };
      const added = await attempt(`Adding password for ${words}`, () =>
        graph.post(`${path}/addPassword`, { passwordCredential }),
      );
      progress.written = true;
      const key = { applicationPath: path, keyId: textIn(added["keyId"]) };
      let found: GraphObject | undefined;
      await attempt(`Waiting for password credential for ${words}`, () =>
        untilShown(
          addedRule,
          `password ${key.keyId}`,
          async () => (found = await presentCredential(graph, key, "passwordCredentials")) !== undefined,
          graph,
        ),
      );
      const id = credentialId(path, "password", key.keyId);
      return {
        id,
        state: { ...stateOf(path, found ?? added, inputs), value: new Secret(textIn(added["secretText"])) },
      };
    });
  },

  async read({ graph }, id, previous) {
    const key = parseCredentialId(id, "password");
    const words = applicationWords(key.applicationPath);
    const found = await attempt(about("application_id", `Retrieving ${words}`), () =>
      findCredential(graph, key, "passwordCredentials"),
    );
    if (found === undefined) {
      return undefined;
    }
    // Graph tells a password once: only the state still knows it.
    const { value } = previous;
    const known = value === undefined ? {} : { value: new Secret(value) };
    return { id, state: { ...stateOf(key.applicationPath, found, previous), ...known } };
  },

  async delete({ graph, locks }, id) {
    const { applicationPath, keyId } = parseCredentialId(id, "password");
    await locks.run(applicationPath, () => removePassword(graph, applicationPath, keyId));
  },

  /** Nobody knows the value of a password whose creation was cut off, so it only has to go. */
  async findPending({ graph, locks }, inputs, known) {
    const path = requiredText(inputs, "applicationId");
    return locks.run(path, async () => {
      const app = await graph.get(path);
      const orphans = objectsIn(app?.["passwordCredentials"])
        .filter((credential) => isOrphan(credential, inputs))
        .map(({ keyId }) => textIn(keyId))
        .filter((keyId) => !known.has(credentialId(path, "password", keyId)));
      for (const keyId of orphans) {
        await removePassword(graph, path, keyId);
      }
      return orphans.length === 0 ? undefined : "removed";
    });
  },
};

async function removePassword(graph: GraphClient, path: string, keyId: string): Promise<void> {
  const gone = async (): Promise<boolean> =>
    (await findCredential(graph, { applicationPath: path, keyId }, "passwordCredentials")) === undefined;
  await attempt(`Removing password credential "${keyId}" from ${applicationWords(path)}`, async () => {
    try {
      await graph.post(`${path}/removePassword`, { keyId });
    } catch (error) {
      // Graph refuses to remove what is not there; an application that is gone has taken its passwords along.
      if (!(await gone())) {
        throw error;
      }
    }
  });
  await untilShown(removed, `deletion of password ${keyId}`, gone, graph);
}

function stateOf(path: string, found: GraphObject, inputs: PropertyMap): PropertyMap {
  const { endDateRelative, rotateWhenChanged } = inputs;
  return {
    applicationId: path,
    displayName: textIn(found["displayName"]),
    endDate: textIn(found["endDateTime"]),
    ...(endDateRelative === undefined ? {} : { endDateRelative }),
    keyId: textIn(found["keyId"]),
    ...(rotateWhenChanged === undefined ? {} : { rotateWhenChanged }),
    startDate: textIn(found["startDateTime"]),
  };
}

function isOrphan(credential: GraphObject, inputs: PropertyMap): boolean {
  const { displayName, endDate } = inputs;
  return (
    typeof displayName === "string" &&
    typeof endDate === "string" &&
    credential["displayName"] === displayName &&
    Date.parse(textIn(credential["endDateTime"])) === Date.parse(endDate)
  );
}

const date = (value: PropertyMap[string]): string | undefined =>
  typeof value === "string" && value !== "" ? wholeSeconds(value) : undefined;

const optional = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: value };
