import type { JsonObject, KeyRecord, PasswordRecord } from "../../entra/records";

/** A client secret. Its value is only ever shown by the call that makes it. */
export const passwordView = (password: PasswordRecord, secretText: string | null): JsonObject => ({
  customKeyIdentifier: password.customKeyIdentifier,
  displayName: password.displayName,
  endDateTime: password.endDateTime,
  hint: password.hint,
  keyId: password.keyId,
  secretText,
  startDateTime: password.startDateTime,
});

/** A certificate. @param withKey shows its content too */
export const keyView = ({ key, ...rest }: KeyRecord, withKey: boolean): JsonObject => ({
  ...rest,
  key: withKey ? key : null,
});
