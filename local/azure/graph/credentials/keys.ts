import { X509Certificate } from "node:crypto";
import { jwtVerify } from "jose";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import type { JsonObject, JsonValue } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { badRequest, graphError, notCarriedOut, valueRequired } from "../errors";
import { noContent } from "../odata/reply";
import { may, requireWrite } from "../permissions";
import { isObject } from "../schema/property";
import { holderSets, type Credentials } from "./holders";
import { newKey } from "./keyCredentials";
import { requireKeyId } from "./passwords";
import { keyView } from "./views";

/** What a proof is made for, whoever makes it: the directory's first API. */
const proofAudience = "00000002-0000-0000-c000-000000000000";
const proofAlgorithms = ["RS256", "PS256", "ES256"];

/** Certificates added and removed by who proves to hold the key of one that is there. */
export function keyRoutes(router: Router<GraphContext>): void {
  for (const { set, find, put } of holderSets) {
    router
      .on("POST", `/${set}/:id/addKey`, async (request, parameters, context) => {
        const holder = find(parameters, context);
        const body = objectBody(request);
        await checkProof(body["proof"], holder, context);
        const key = newKey(keyCredentialOf(body), context.cloud.clock.now());
        put(holder.id, { keys: [...holder.keys, key] }, context);
        const view = keyView(key, false);
        return json(200, { "@odata.context": `${context.root}/$metadata#microsoft.graph.keyCredential`, ...view });
      })
      .on("POST", `/${set}/:id/removeKey`, async (request, parameters, context) => {
        const holder = find(parameters, context);
        const body = objectBody(request);
        await checkProof(body["proof"], holder, context);
        const keyId = requireKeyId(body["keyId"]);
        const kept = holder.keys.filter((key) => key.keyId !== keyId);
        if (kept.length === holder.keys.length) {
          throw badRequest("No key credential found with keyId.");
        }
        put(holder.id, { keys: kept }, context);
        return noContent();
      });
  }
}

function keyCredentialOf(body: JsonObject): JsonObject {
  const asked = body["keyCredential"];
  if (!isObject(asked)) {
    throw valueRequired("keyCredential", "Application");
  }
  if (asked["type"] === "X509CertAndPassword" || (body["passwordCredential"] ?? null) !== null) {
    throw notCarriedOut("addKey of a key with its password");
  }
  return asked;
}

/**
 * Checks that a certificate's holder asks: a token that it signed for itself. Whoever may write the object may ask for it,
 * and it may ask for itself.
 */
async function checkProof(proof: JsonValue | undefined, holder: Credentials, context: GraphContext): Promise<void> {
  const { caller, cloud, directory } = context;
  const own = directory.applications.byAppId(caller.clientId)?.id;
  if (caller.objectId !== holder.id && own !== holder.id && !may(caller, "writeApplications")) {
    requireWrite(caller, holder.owners);
  }
  const now = cloud.clock.now();
  const live = holder.keys.filter(
    ({ startDateTime, endDateTime }) => new Date(startDateTime) <= now && now < new Date(endDateTime),
  );
  for (const { key } of live) {
    const { publicKey } = new X509Certificate(Buffer.from(key, "base64"));
    const verified = await jwtVerify(typeof proof === "string" ? proof : "", publicKey, {
      algorithms: proofAlgorithms,
      audience: proofAudience,
      issuer: holder.id,
      currentDate: now,
      requiredClaims: ["exp", "nbf"],
    }).catch(() => undefined);
    if (verified !== undefined) {
      return;
    }
  }
  throw graphError(401, "Authentication_MissingOrMalformed", "Access Token missing or malformed.");
}
