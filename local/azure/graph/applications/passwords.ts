import { randomUUID } from "node:crypto";
import type { Router } from "../../http/router";
import { json } from "../../http/message";
import { newPasswordValue, recordPassword } from "../../entra/credentials/password";
import type { JsonObject, JsonValue, PasswordRecord } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, invalidValue } from "../errors";
import { findToChange } from "../lookup";
import { graphMoment } from "../moments";
import { noContent } from "../odata/reply";
import { checkedProperties, isGuid, isObject, nullable, opaque, text } from "../schema/property";
import { credentialDates } from "./credentialDates";
import { passwordView } from "./view";

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
  router
    .on("POST", "/applications/:id/addPassword", (request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      const asked = objectBody(request)["passwordCredential"];
      const { record, value } = newPassword(isObject(asked) ? asked : {}, context.cloud.clock.now());
      context.directory.applications.put({ ...application, passwords: [...application.passwords, record] });
      return json(200, {
        "@odata.context": `${context.root}/$metadata#microsoft.graph.passwordCredential`,
        ...passwordView(record, value),
      });
    })
    .on("POST", "/applications/:id/removePassword", (request, parameters, context) => {
      const application = findToChange(context.directory.applications, parameters, context.caller);
      const keyId = requireKeyId(objectBody(request)["keyId"]);
      const kept = application.passwords.filter((password) => password.keyId !== keyId);
      if (kept.length === application.passwords.length) {
        throw badRequest("No password credential found with keyId.");
      }
      context.directory.applications.put({ ...application, passwords: kept });
      return noContent();
    });
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

function requireKeyId(keyId: JsonValue | undefined): string {
  if (!isGuid(keyId)) {
    throw invalidValue("keyId", "PasswordCredential");
  }
  return keyId.toLowerCase();
}
