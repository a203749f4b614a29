import type { StateKey } from "../store/stateKey";
import type { AccountRecord } from "./accountRecord";

/** An account's two access keys, base64. They are derived, and so lie nowhere. */
export function accountKeys(
  stateKey: StateKey,
  { name, createdAt }: AccountRecord,
): { readonly keyName: string; readonly value: string }[] {
  return ["key1", "key2"].map((keyName) => {
    const halves = ["a", "b"].map((half) => stateKey.derive(`storage-key/${name}/${createdAt}/${keyName}/${half}`));
    return { keyName, value: Buffer.concat(halves.map((half) => Buffer.from(half, "base64url"))).toString("base64") };
  });
}
