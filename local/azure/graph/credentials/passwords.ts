import { randomUUID } from "node:crypto";
import type { Router, RouteParameters } from "../../http/router";
import { json } from "../../http/message";
import { newPasswordValue, recordPassword } from "../../entra/credentials/password";
import type { JsonObject, JsonValue, PasswordRecord } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, invalidValue } from "../errors";
import { graphMoment } from "../moments";
import { noContent } from "../odata/reply";
import { require, requireWrite } from "../permissions";
import { checkedProperties, isGuid, isObject, nullable, opaque, text } from "../schema/property";
import { credentialDates } from "./credentialDates";
import { holderSets, type Credentials } from "./holders";
import { passwordView } from "./views";

/** How long a client secret lasts that no end was chosen for. */
const defaultLifetimeYears = 2;

const schema = {
  resource: "PasswordCredential",
  shape: {
    displayName: nullable(text(256)),
    startDateTime: opaque,
    endDateTime: opaque,
    customKeyIdentifier: nullable(text()),
    // The service chooses these itself, whatever a client sends.
    keyId: opaque,
    secretText: nullable(text()),
    hint: nullable(text()),
  },
  readOnly: [],
};

/** Client secrets: made by the service, shown once. */
export function passwordRoutes(router: Router<GraphContext>): void {
  for (const { set, find, put } of holderSets) {
    const findToChange = (parameters: RouteParameters, context: GraphContext): Credentials => {
      require(context.caller, "writeOwnedApplications");
      const holder = find(parameters, context);
      requireWrite(context.caller, holder.owners);
      return holder;
    };
    router
      .on("POST", `/${set}/:id/addPassword`, (request, parameters, context) => {
        const holder = findToChange(parameters, context);
        const asked = objectBody(request)["passwordCredential"];
        const { record, value } = newPassword(isObject(asked) ? asked : {}, context.cloud.clock.now());
        put(holder.id, { passwords: [...holder.passwords, record] }, context);
        return json(200, {
          "@odata.context": `${context.root}/$metadata#microsoft.graph.passwordCredential`,
          ...passwordView(record, value),
        });
      })
      .on("POST", `/${set}/:id/removePassword`, (request, parameters, context) => {
        const holder = findToChange(parameters, context);
        const keyId = requireKeyId(objectBody(request)["keyId"]);
        const kept = holder.passwords.filter((password) => password.keyId !== keyId);
        if (kept.length === holder.passwords.length) {
          throw badRequest("No password credential found with keyId.");
        }
        put(holder.id, { passwords: kept }, context);
        return noContent();
      });
  }
}

/** A change may leave client secrets out, but only the service makes them. @throws ServiceError 400 */
export function keptPasswords(
  present: readonly PasswordRecord[],
  asked: JsonValue | undefined,
): readonly PasswordRecord[] {
  if (!Array.isArray(asked)) {
    return present;
  }
  const ids = asked.map((entry: JsonValue) => (isObject(entry) ? entry["keyId"] : undefined));
  if (ids.some((id) => !present.some(({ keyId }) => keyId === id))) {
    throw badRequest("New password credentials must be generated with service actions.");
  }
  return present.filter(({ keyId }) => ids.includes(keyId));
}

/** Makes a client secret as a client asks for it. @throws ServiceError 400 */
export function newPassword(asked: JsonObject, now: Date): { readonly record: PasswordRecord; readonly value: string } {
  const { displayName, customKeyIdentifier, ...rest } = checkedProperties(asked, schema);
  const dates = credentialDates(rest, { start: now, endFrom: laterByDefault }, now);
  const value = newPasswordValue();
  const details = {
    keyId: randomUUID(),
    displayName: typeof displayName === "string" ? displayName : null,
    customKeyIdentifier: typeof customKeyIdentifier === "string" ? customKeyIdentifier : null,
    startDateTime: graphMoment(dates.start),
    endDateTime: graphMoment(dates.end),
  };
  return { record: recordPassword(details, value), value };
}

function laterByDefault(start: Date): Date {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + defaultLifetimeYears);
  return end;
}

/** @throws ServiceError 400 */
export function requireKeyId(keyId: JsonValue | undefined): string {
  if (!isGuid(keyId)) {
    throw invalidValue("keyId", "PasswordCredential");
  }
  return keyId.toLowerCase();
}
