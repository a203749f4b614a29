import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PasswordRecord } from "../records";

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const alphabet = `${alphanumeric}_-.~`;
const prefixLength = 3;
const marker = "8Q~";
const valueLength = 40;

/** A new client secret: 40 characters, with the marker that Entra's own have, which secret scanners look for. */
export function newPasswordValue(): string {
  return draw(prefixLength, alphanumeric) + marker + draw(valueLength - prefixLength - marker.length, alphabet);
}

/** What the directory keeps of a client secret. The value has full entropy, so a plain digest does. */
export function recordPassword(details: Omit<PasswordRecord, "hint" | "digest">, value: string): PasswordRecord {
  return { ...details, hint: value.slice(0, prefixLength), digest: digest(value) };
}

export function isPasswordValue(record: PasswordRecord, value: string): boolean {
  return timingSafeEqual(Buffer.from(record.digest), Buffer.from(digest(value)));
}

const digest = (value: string): string => createHash("sha256").update(value).digest("base64url");

/** Bytes past the last whole multiple of the alphabet are dropped, so that every character is as likely. */
function draw(length: number, characters: string): string {
  const limit = 256 - (256 % characters.length);
  let drawn = "";
  while (drawn.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && drawn.length < length) {
        drawn += characters.charAt(byte % characters.length);
      }
    }
  }
  return drawn;
}
