import { decodeJwt } from "jose";
import { identities, type IdentityName } from "../landingZone/layout";
import { formBody, header, type AzureRequest } from "../http/message";

/** A request with what the conditions decide by. */
export interface Call {
  readonly request: AzureRequest;
  /** Name of the service that answers at the host, for example "graph"; undefined where none does. */
  readonly service: string | undefined;
  readonly caller: ClaimedCaller;
  /** Aborted where the client goes away before it has its answer. */
  readonly gone: AbortSignal;
}

/** Who the request says that it is from; nothing of it is checked yet. Empty where it doesn't say. */
export interface ClaimedCaller {
  /** Application (client) ID. */
  readonly clientId?: string;
  /** Object ID of the service principal. */
  readonly objectId?: string;
  /** Name in the landing zone. */
  readonly identity?: IdentityName;
}

/** A call whose caller is read once something is decided by it. */
export class ArrivedCall implements Call {
  private claimed: ClaimedCaller | undefined;

  constructor(
    readonly request: AzureRequest,
    readonly service: string | undefined,
    private readonly incoming: { readonly gone: AbortSignal },
  ) {}

  get caller(): ClaimedCaller {
    this.claimed ??= claimedCaller(this.request);
    return this.claimed;
  }

  get gone(): AbortSignal {
    return this.incoming.gone;
  }
}

/** Who a request claims to be from: by its access token, or by client_id where it asks for a token. */
function claimedCaller(request: AzureRequest): ClaimedCaller {
  const [, token] = /^Bearer (\S+)$/i.exec(header(request, "authorization") ?? "") ?? [];
  return named(token === undefined ? ofForm(request) : ofToken(token));
}

function ofToken(token: string): Omit<ClaimedCaller, "identity"> {
  try {
    const { appid: clientId, oid: objectId } = decodeJwt(token);
    return {
      ...(typeof clientId === "string" && { clientId }),
      ...(typeof objectId === "string" && { objectId }),
    };
  } catch {
    return {};
  }
}

function ofForm(request: AzureRequest): Omit<ClaimedCaller, "identity"> {
  const isForm = header(request, "content-type")?.startsWith("application/x-www-form-urlencoded") === true;
  const clientId = isForm ? formBody(request).get("client_id") : null;
  return clientId === null ? {} : { clientId };
}

function named(caller: Omit<ClaimedCaller, "identity">): ClaimedCaller {
  const found = Object.entries(identities).find(([, { clientId }]) => clientId === caller.clientId);
  return found === undefined ? caller : { ...caller, identity: found[0] as IdentityName };
}
