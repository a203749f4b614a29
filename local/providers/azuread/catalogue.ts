import { application } from "./application";
import { applicationCertificate } from "./applicationCertificate";
import { applicationPassword } from "./applicationPassword";
import { appRoleAssignment } from "./appRoleAssignment";
import { federatedCredential } from "./federatedCredential";
import type { ResourceType } from "./resourceType";
import { servicePrincipal } from "./servicePrincipal";

/** The resource types of azuread that local Azure has a provider for. */
export const resourceTypes: readonly ResourceType[] = [
  application,
  applicationCertificate,
  applicationPassword,
  appRoleAssignment,
  federatedCredential,
  servicePrincipal,
];

const byType = new Map(resourceTypes.map((resource) => [resource.type, resource]));

/** Whether an orphaned create of a type, of any package, signs its application in until it is removed. */
export const orphanStaysValid = (type: string): boolean => byType.get(type)?.orphanStaysValid === true;

/** @throws where the type has no stand-in */
export function resourceTypeOf(type: string): ResourceType {
  const found = byType.get(type);
  if (found === undefined) {
    const known = resourceTypes.map((resource) => resource.type).join(", ");
    throw new Error(`unrecognized resource type ${type}: local Azure's azuread provider has ${known}`);
  }
  return found;
}
