import { storageAccessLog } from "./accessLog";
import { storageAccountName } from "./accountName";
import { storageAddressRanges } from "./addressRanges";
import { storageBlobPublicAccess } from "./blobPublicAccess";
import { storageBlobSoftDelete } from "./blobSoftDelete";
import { containerEncryptionScope } from "./containerEncryptionScope";
import { containerName } from "./containerName";
import { containerPublicAccess } from "./containerPublicAccess";
import { storageCrossTenantReplication } from "./crossTenantReplication";
import { storageEncryption } from "./encryption";
import { storageEntraByDefault } from "./entraByDefault";
import { storageFirewall } from "./firewall";
import { storageHierarchicalNamespace } from "./hierarchicalNamespace";
import { storageHttps } from "./https";
import { storageKeyPeriod } from "./keyPeriod";
import { storageLocalUsers } from "./localUsers";
import { storagePrivateEndpoint } from "./privateEndpoint";
import { storageProtected } from "./protected";
import { storageReplication } from "./replication";
import { storageSasPeriod } from "./sasPeriod";
import { storageSharedKey } from "./sharedKey";
import { storageTlsVersion } from "./tlsVersion";
import { storageTrustedServices } from "./trustedServices";

export const storageRules = [
  storageHttps,
  storageTlsVersion,
  storageBlobPublicAccess,
  storageSharedKey,
  storageEntraByDefault,
  storageFirewall,
  storageAddressRanges,
  storageTrustedServices,
  storagePrivateEndpoint,
  storageHierarchicalNamespace,
  storageLocalUsers,
  storageCrossTenantReplication,
  storageSasPeriod,
  storageKeyPeriod,
  storageBlobSoftDelete,
  storageReplication,
  storageEncryption,
  storageAccountName,
  storageAccessLog,
  storageProtected,
  containerPublicAccess,
  containerName,
  containerEncryptionScope,
];
