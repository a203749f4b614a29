import { createHash, randomBytes, sign } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import type { SigningKey } from "./signingKey";

/** How long an access token is valid, in seconds. */
export const accessTokenSeconds = 3599;
/** Entra dates a token a little back, so that a resource whose clock is behind takes it. */
export const backdatedSeconds = 300;

const claimsSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  appid: z.string(),
  oid: z.string(),
  tid: z.string(),
  roles: z.array(z.string()).optional(),
});
/** The claims that the services read. */
export type AccessTokenClaims = z.infer<typeof claimsSchema>;

const headerSchema = z.object({ alg: z.literal("RS256"), kid: z.string() });

export interface AccessTokenRequest {
  /** The form of token that the resource asks for. */
  readonly version: 1 | 2;
  readonly tenantId: string;
  /** The resource as the client named it. */
  readonly audience: string;
  readonly resourceAppId: string;
  readonly clientId: string;
  readonly objectId: string;
  /** How the client proved itself: 1 by secret, 2 by certificate, federation or as a managed identity. */
  readonly proof: "1" | "2";
  readonly roles: readonly string[];
  readonly issuedAt: Date;
  /** How long the token is valid. @default {@link accessTokenSeconds} */
  readonly seconds?: number;
  /** Claims beside the usual ones. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Issues an app-only access token. */
export function issueAccessToken(request: AccessTokenRequest, key: SigningKey): Promise<string> {
  const { tenantId, objectId, roles, seconds = accessTokenSeconds, extra } = request;
  const issued = Math.floor(request.issuedAt.getTime() / 1000);
  const claims = {
    ...claimsOfVersion[request.version](request),
    iat: issued,
    nbf: issued - backdatedSeconds,
    exp: issued + seconds + 1,
    aio: randomBytes(28).toString("base64"),
    idtyp: "app",
    oid: objectId,
    rh: `1.${createHash("sha256").update(objectId).digest("base64url")}.`,
    ...(roles.length === 0 ? {} : { roles }),
    sub: objectId,
    tid: tenantId,
    uti: randomBytes(16).toString("base64url"),
    ...extra,
  };
  return signed({ typ: "JWT", alg: "RS256", x5t: key.kid, kid: key.kid }, claims, key);
}

const signature = promisify(sign);

/** Signs beside the event loop: a signature takes as long as 20 other answers. */
async function signed(header: object, claims: object, { privateKey }: SigningKey): Promise<string> {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${(await signature("RSA-SHA256", Buffer.from(text), privateKey)).toString("base64url")}`;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

const claimsOfVersion = {
  1: ({ tenantId, audience, clientId, proof }: AccessTokenRequest) => ({
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    appid: clientId,
    appidacr: proof,
    idp: `https://sts.windows.net/${tenantId}/`,
    ver: "1.0",
  }),
  2: ({ tenantId, resourceAppId, clientId, proof }: AccessTokenRequest) => ({
    aud: resourceAppId,
    iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    azp: clientId,
    azpacr: proof,
    ver: "2.0",
  }),
};

export interface DecodedToken {
  /** Header and claims as they were signed. */
  readonly signed: string;
  readonly signature: Buffer;
  readonly claims: AccessTokenClaims;
}

/** Reads an access token without checking it; undefined where it is none. */
export function decodeAccessToken(token: string): DecodedToken | undefined {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return undefined;
  }
  const claims = claimsSchema.safeParse(decodePart(payload));
  if (!headerSchema.safeParse(decodePart(header)).success || !claims.success) {
    return undefined;
  }
  return { signed: `${header}.${payload}`, signature: Buffer.from(signature, "base64url"), claims: claims.data };
}

function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
