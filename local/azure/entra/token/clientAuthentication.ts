import type { AzureRequest } from "../../http/message";
import { header } from "../../http/message";
import { assertionTypeUnsupported } from "../assertionErrors";
import { isPasswordValue } from "../credentials/password";
import { credentialMissing, secretExpired, secretInvalid } from "../errors";
import type { SigningClient } from "./signingClient";

/** What a client proves itself with. */
export interface ClientCredential {
  readonly clientId: string | undefined;
  readonly secret: string | undefined;
  readonly assertion: string | undefined;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Reads the client's credential from the form, or from an HTTP Basic header. */
export function clientCredential(request: AzureRequest, form: URLSearchParams): ClientCredential {
  const basic = basicCredential(header(request, "authorization"));
  const assertion = form.get("client_assertion") ?? undefined;
  if (assertion !== undefined && form.get("client_assertion_type") !== assertionType) {
    throw assertionTypeUnsupported();
  }
  return {
    clientId: form.get("client_id") ?? basic?.clientId,
    secret: form.get("client_secret") ?? basic?.secret,
    assertion,
  };
}

/**
 * Checks a client secret against those of the client.
 * @throws SignInRefused
 */
export function checkSecret(client: SigningClient, secret: string | undefined, now: Date): void {
  if (secret === undefined || secret === "") {
    throw credentialMissing();
  }
  const matching = client.passwords.filter((password) => isPasswordValue(password, secret));
  const live = matching.filter(({ endDateTime }) => now < new Date(endDateTime));
  if (live.some(({ startDateTime }) => new Date(startDateTime) <= now)) {
    return;
  }
  throw matching.length > 0 && live.length === 0 ? secretExpired(client.appId) : secretInvalid(client.appId);
}

function basicCredential(authorization: string | undefined): { clientId: string; secret: string } | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) {
    return undefined;
  }
  const [clientId = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { clientId: formDecode(clientId), secret: formDecode(secret.join(":")) };
}

/** RFC 6749 encodes both parts like form fields before it joins them. */
const formDecode = (text: string): string => new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
