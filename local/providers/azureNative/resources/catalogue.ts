import type { ResourceSpec } from "../spec";
import { blobContainer } from "./blobContainer";
import { blobServiceProperties } from "./blobServiceProperties";
import { compute } from "./compute";
import { dataLakeStoreAccount } from "./dataLakeStoreAccount";
import { diagnosticSetting } from "./diagnosticSetting";
import { federatedIdentityCredential } from "./federatedIdentityCredential";
import { logAnalyticsWorkspace } from "./logAnalyticsWorkspace";
import { managementLock } from "./managementLock";
import { managementPolicy } from "./managementPolicy";
import { privateDnsZoneGroup } from "./privateDnsZoneGroup";
import { privateEndpoint } from "./privateEndpoint";
import { privateZone } from "./privateZone";
import { resourceGroup } from "./resourceGroup";
import { roleAssignment } from "./roleAssignment";
import { roleDefinition } from "./roleDefinition";
import { secret } from "./secret";
import { storageAccount } from "./storageAccount";
import { userAssignedIdentity } from "./userAssignedIdentity";
import { vault } from "./vault";
import { workspace } from "./workspace";

/** The resource types of azure-native that local Azure has a provider for. */
export const resourceSpecs: readonly ResourceSpec[] = [
  blobContainer,
  blobServiceProperties,
  compute,
  dataLakeStoreAccount,
  diagnosticSetting,
  federatedIdentityCredential,
  logAnalyticsWorkspace,
  managementLock,
  managementPolicy,
  privateDnsZoneGroup,
  privateEndpoint,
  privateZone,
  resourceGroup,
  roleAssignment,
  roleDefinition,
  secret,
  storageAccount,
  userAssignedIdentity,
  vault,
  workspace,
];

const byType = new Map(resourceSpecs.map((spec) => [spec.type, spec]));

/** @throws where the type has no stand-in */
export function specOf(type: string): ResourceSpec {
  const spec = byType.get(type);
  if (spec === undefined) {
    const known = resourceSpecs.map((known) => known.type).join(", ");
    throw new Error(`Resource type ${type} not found: local Azure's azure-native provider has ${known}`);
  }
  return spec;
}
