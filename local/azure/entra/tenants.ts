import type { Tenant } from "./directory";
import { isMultiTenant } from "./discovery";
import { tenantMalformed, tenantNotFound, tenantUnnamed } from "./errors";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks that an address names the tenant: by ID, by initial domain or by verified domain.
 * @throws SignInRefused
 */
export function requireTenant(
  tenant: Tenant,
  name: string,
  error: "invalid_request" | "invalid_tenant" = "invalid_request",
): void {
  const wanted = name.toLowerCase();
  if (wanted === tenant.id || wanted === tenant.initialDomain || wanted === tenant.domain) {
    return;
  }
  if (isMultiTenant(wanted)) {
    throw tenantUnnamed();
  }
  throw guid.test(name) || name.includes(".") ? tenantNotFound(name, error) : tenantMalformed(name);
}
