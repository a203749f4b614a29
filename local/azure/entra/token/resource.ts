import type { Directory } from "../directory";
import { resourceNotFound, scopeMissing, scopeNotDefault, scopeOfSeveralResources } from "../errors";
import type { ServicePrincipalRecord } from "../records";
import { storageAppId } from "../wellKnown/firstPartyPrincipals";

/** What a token is asked for. */
export interface RequestedResource {
  /** The resource as the client wrote it: what becomes the token's audience. */
  readonly name: string;
  readonly servicePrincipal: ServicePrincipalRecord;
}

const suffix = "/.default";
/** Scopes of OpenID Connect, which some libraries always add. They ask for no resource. */
const openIdScopes = ["openid", "profile", "email", "offline_access"];
const storageAccount = /^https:\/\/[a-z0-9]{3,24}\.(dfs|blob)\.core\.windows\.net$/;

/**
 * The name of the one resource that a scope parameter asks for.
 * @throws SignInRefused where the scope is not `<resource>/.default`
 */
export function resourceOfScope(scope: string): string {
  const wanted = scope.split(/\s+/).filter((part) => part !== "" && !openIdScopes.includes(part.toLowerCase()));
  const [first, ...others] = wanted;
  if (first === undefined) {
    throw scopeMissing(scope);
  }
  if (others.length > 0) {
    throw scopeOfSeveralResources(scope);
  }
  if (!first.toLowerCase().endsWith(suffix)) {
    throw scopeNotDefault(first);
  }
  return first.slice(0, -suffix.length);
}

/**
 * Finds the service principal of a resource, by application ID or by one of its names.
 * @throws SignInRefused where the tenant has none
 */
export function findResource(directory: Directory, name: string): RequestedResource {
  const wanted = name.replace(/\/+$/, "").toLowerCase();
  const servicePrincipal =
    directory.servicePrincipals.byAppId(wanted) ??
    directory.servicePrincipals.byAppId(storageAccount.test(wanted) ? storageAppId : "") ??
    directory.servicePrincipals
      .list()
      .find((candidate) =>
        directory.namesOf(candidate).some((known) => known.replace(/\/+$/, "").toLowerCase() === wanted),
      );
  if (servicePrincipal === undefined || !servicePrincipal.accountEnabled) {
    throw resourceNotFound(name, directory.tenant.displayName);
  }
  return { name, servicePrincipal };
}
