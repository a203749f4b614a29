import { createHash } from "node:crypto";

const BYTES = 16;

/** A namespace of our own, so that no other program's names can meet ours. */
const NAMESPACE = Buffer.from("5d0e3ba8f1c74c1e9b8a6f52d47c3e19", "hex");

/** A version-5 UUID of what a thing says, in any letter case: the same thing gets the same GUID in every run. */
export function stableGuid(...says: readonly string[]): string {
  const subject = says.join("|").toLowerCase();
  const digest = createHash("sha1").update(NAMESPACE).update(subject, "utf8").digest().subarray(0, BYTES);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
