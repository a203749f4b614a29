import { requiredText, type PropertyMap } from "../server/values";
import { applicationId, lengthBetween, list, notEmpty, output, text } from "./attributes";
import { untilShown } from "./consistency";
import { credentialId, parseCredentialId, type CredentialId } from "./credentials";
import { about, attempt, attemptTold } from "./failures";
import { applicationWords, federatedWords } from "./idWords";
import { added as addedRule, removed } from "./retryRules";
import type { GraphObject } from "./graphClient";
import { textIn, textsIn } from "./graphValues";
import { lastPart, type ResourceType } from "./resourceType";

const kind = "federatedIdentityCredential";

export const federatedCredential: ResourceType = {
  type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  timeouts: { create: 15 },
  attributes: {
    applicationId: text("application_id", { required: true, forceNew: true, validate: applicationId }),
    audiences: list("audiences", text("audiences", { validate: notEmpty }), { required: true, maxItems: 1 }),
    credentialId: text("credential_id", output),
    description: text("description"),
    displayName: text("display_name", { required: true, forceNew: true, validate: lengthBetween(1, 120) }),
    issuer: text("issuer", { required: true }),
    subject: text("subject", { required: true }),
  },

  async create({ graph, locks }, inputs, progress) {
    const path = requiredText(inputs, "applicationId");
    return locks.run(path, async () => {
      await attemptTold(`retrieving ${applicationWords(path)}`, () => graph.present(path));
      const added = await attempt(`Adding federated identity credential for ${applicationWords(path)}`, () =>
        graph.post(`${path}/federatedIdentityCredentials`, bodyOf(inputs)),
      );
      progress.written = true;
      const key = { applicationPath: path, keyId: textIn(added["id"]) };
      const isSeen = async (): Promise<boolean> => (await graph.get(pathOf(key))) !== undefined;
      await attempt(`Waiting for ${federatedWords(path, key.keyId)}`, () =>
        untilShown(addedRule, pathOf(key), isSeen, graph),
      );
      return { id: credentialId(path, kind, key.keyId), state: stateOf(path, added) };
    });
  },

  async read({ graph }, id) {
    const key = parseCredentialId(id, kind);
    const words = wordsOf(key);
    const found = await attempt(about("id", `Retrieving ${words}`), () => graph.get(pathOf(key)));
    return found === undefined ? undefined : { id, state: stateOf(key.applicationPath, found) };
  },

  async update({ graph, locks }, id, inputs) {
    const key = parseCredentialId(id, kind);
    return locks.run(key.applicationPath, async () => {
      await attempt(`Updating ${wordsOf(key)}`, () => graph.patch(pathOf(key), bodyOf(inputs)));
      const found = await graph.get(pathOf(key));
      return { id, state: stateOf(key.applicationPath, found ?? { id: key.keyId }) };
    });
  },

  async delete({ graph, locks }, id) {
    const key = parseCredentialId(id, kind);
    await locks.run(key.applicationPath, async () => {
      await attempt(`Removing ${federatedWords(key.applicationPath, key.keyId)}`, () => graph.delete(pathOf(key)));
      const gone = async (): Promise<boolean> => (await graph.get(pathOf(key))) === undefined;
      await untilShown(removed, `deletion of ${pathOf(key)}`, gone, graph);
    });
  },

  async findPending({ graph }, inputs, known) {
    const path = requiredText(inputs, "applicationId");
    const present = await graph.list(`${path}/federatedIdentityCredentials`);
    const found = present.find(({ name }) => name === inputs["displayName"]);
    const id = found && credentialId(path, kind, textIn(found["id"]));
    return id === undefined || known.has(id) ? undefined : { id };
  },
};

const pathOf = ({ applicationPath, keyId }: CredentialId): string =>
  `${applicationPath}/federatedIdentityCredentials/${keyId}`;

function wordsOf({ applicationPath, keyId }: CredentialId): string {
  const application = `application with object ID "${lastPart(applicationPath)}"`;
  return `federated identity credential with ID "${keyId}" for ${application}`;
}

function bodyOf({ audiences, description, issuer, displayName, subject }: PropertyMap): Record<string, unknown> {
  return { audiences, description: description ?? "", issuer, name: displayName, subject };
}

function stateOf(path: string, found: GraphObject): PropertyMap {
  return {
    applicationId: path,
    audiences: textsIn(found["audiences"]),
    credentialId: textIn(found["id"]),
    description: textIn(found["description"]),
    displayName: textIn(found["name"]),
    issuer: textIn(found["issuer"]),
    subject: textIn(found["subject"]),
  };
}
