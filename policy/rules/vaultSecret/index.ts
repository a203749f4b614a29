import { secretContentType } from "./contentType";
import { secretHasExpiry } from "./expiry";
import { secretLifetime } from "./lifetime";
import { secretMatchesCredential } from "./matchesCredential";
import { secretNotExpired } from "./notExpired";
import { secretNameValid } from "./secretName";
import { secretValueFromResource } from "./valueFromResource";
import { secretVaultInStack } from "./vaultInStack";

export const vaultSecretRules = [
  secretHasExpiry,
  secretLifetime,
  secretNotExpired,
  secretMatchesCredential,
  secretContentType,
  secretNameValid,
  secretValueFromResource,
  secretVaultInStack,
];
