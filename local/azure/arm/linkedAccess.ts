import { linkedAuthorizationFailed } from "./errors";
import { parseResourcePath } from "./resourcePath";
import type { ArmContext } from "./resourceProvider";

/** What a request does, and what that takes of a resource it links to. */
export interface LinkedAccess {
  readonly action: string;
  readonly scope: string;
  readonly linked: { readonly action: string; readonly scope: string };
}

/** @throws ServiceError 403 LinkedAuthorizationFailed, where the caller may not use what the request links to */
export function authorizeLinked({ caller, cloud }: Pick<ArmContext, "caller" | "cloud">, access: LinkedAccess): void {
  const { action, scope, linked } = access;
  if (!cloud.access.allows(caller.objectId, linked.action, linked.scope)) {
    throw linkedAuthorizationFailed(caller, action, scope, linked);
  }
}

/** The names in a resource ID of a type such as "Microsoft.Network/virtualNetworks/subnets"; undefined for others. */
export function namesIn(
  id: string,
  type: string,
): { readonly subscriptionId: string; readonly resourceGroup: string; readonly names: readonly string[] } | undefined {
  const path = parseResourcePath(id);
  const [part] = path?.providers ?? [];
  if (path?.subscriptionId === undefined || path.resourceGroup === undefined || part === undefined) {
    return undefined;
  }
  const named = `${part.namespace}/${part.types.join("/")}`;
  return named.toLowerCase() === type.toLowerCase() && part.names.length === part.types.length
    ? { subscriptionId: path.subscriptionId, resourceGroup: path.resourceGroup, names: part.names }
    : undefined;
}

/** The type in a resource ID, such as "Microsoft.KeyVault/vaults". */
export function typeIn(id: string): string | undefined {
  const part = parseResourcePath(id)?.providers.at(-1);
  return part === undefined ? undefined : `${part.namespace}/${part.types.join("/")}`;
}
