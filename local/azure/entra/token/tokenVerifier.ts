import { verify } from "node:crypto";
import type { Clock } from "../../clock";
import { header, type AzureRequest } from "../../http/message";
import { TokenRefused, type Caller } from "../caller";
import type { TokenService } from "../tokenService";
import { decodeAccessToken, type AccessTokenClaims } from "./accessToken";
import type { SigningKey } from "./signingKey";

interface VerifiedToken {
  readonly claims: AccessTokenClaims;
  /** The audience without a slash at its end, in lower case. */
  readonly audience: string;
  readonly caller: Caller;
}

const maxRemembered = 1000;
const bearer = /^bearer\s+(\S+)$/i;

/** Checks access tokens against the tenant's key. A token once verified is remembered, since its text can't change. */
export class TokenVerifier implements TokenService {
  /** By the header that carried them. */
  private readonly verified = new Map<string, VerifiedToken>();

  constructor(
    private readonly tenantId: string,
    private readonly key: SigningKey,
    private readonly clock: Clock,
  ) {}

  authenticate(request: AzureRequest, audiences: readonly string[]): Promise<Caller> {
    try {
      return Promise.resolve(this.check(request, audiences));
    } catch (error) {
      return Promise.reject<Caller>(error instanceof Error ? error : new Error("token refused"));
    }
  }

  private check(request: AzureRequest, audiences: readonly string[]): Caller {
    const authorization = header(request, "authorization") ?? "";
    const { claims, caller, audience } = this.verified.get(authorization) ?? this.verify(authorization);
    if (claims.tid !== this.tenantId) {
      throw new TokenRefused("tenant", claims.aud);
    }
    if (!audiences.some((accepted) => bare(accepted) === audience)) {
      throw new TokenRefused("audience", claims.aud);
    }
    const now = this.clock.now().getTime() / 1000;
    if (claims.exp <= now || claims.nbf > now + 300) {
      throw new TokenRefused("expired", claims.aud);
    }
    return caller;
  }

  private verify(authorization: string): VerifiedToken {
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) {
      throw new TokenRefused("missing");
    }
    const decoded = decodeAccessToken(token);
    if (decoded === undefined) {
      throw new TokenRefused("malformed");
    }
    if (!verify("RSA-SHA256", Buffer.from(decoded.signed), this.key.publicKey, decoded.signature)) {
      throw new TokenRefused("signature", decoded.claims.aud);
    }
    const { claims } = decoded;
    const caller = { clientId: claims.appid, objectId: claims.oid, tenantId: claims.tid, roles: claims.roles ?? [] };
    const verified = { claims, caller, audience: bare(claims.aud) };
    this.remember(authorization, verified);
    return verified;
  }

  /** Forgets the oldest where there are too many. */
  private remember(authorization: string, verified: VerifiedToken): void {
    if (this.verified.size >= maxRemembered) {
      for (const oldest of this.verified.keys()) {
        this.verified.delete(oldest);
        break;
      }
    }
    this.verified.set(authorization, verified);
  }
}

const bare = (audience: string): string =>
  (audience.endsWith("/") ? audience.replace(/\/+$/, "") : audience).toLowerCase();
