import { createHash } from "node:crypto";
import type { StorageCRC64Calculator } from "@azure/storage-common";
import { header, type AzureRequest } from "../http/message";
import { crc64Mismatch, invalidHeader, md5Mismatch } from "./refusal";

/** Headers by which a reply says what arrived. */
export interface Checksums {
  readonly "content-md5"?: string;
  readonly "x-ms-content-crc64"?: string;
}

let calculator: Promise<typeof StorageCRC64Calculator> | undefined;

/** The CRC64 of storage, base64. Its calculator is loaded for the first one. */
export async function crc64(bytes: Uint8Array): Promise<string> {
  calculator ??= import("@azure/storage-common").then(async ({ StorageCRC64Calculator: loaded }) => {
    await loaded.init();
    return loaded;
  });
  const Calculator = await calculator;
  return Buffer.from(new Calculator().final(bytes, bytes.length)).toString("base64");
}

export const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("base64");

/** Compares a body with the checksum that was sent with it; without one, the reply tells its CRC64. @throws Refusal */
export async function checksumsOf(request: AzureRequest): Promise<Checksums> {
  const { body } = request;
  const givenMd5 = header(request, "content-md5");
  const givenCrc64 = header(request, "x-ms-content-crc64");
  if (givenMd5 !== undefined && givenCrc64 !== undefined) {
    throw invalidHeader("x-ms-content-crc64", "given together with Content-MD5; give one of them");
  }
  if (givenMd5 !== undefined) {
    if (givenMd5 !== md5(body)) {
      throw md5Mismatch();
    }
    return { "content-md5": givenMd5 };
  }
  if (body.length === 0 && givenCrc64 === undefined) {
    return {};
  }
  const found = await crc64(body);
  if (givenCrc64 !== undefined && givenCrc64 !== found) {
    throw crc64Mismatch();
  }
  return { "x-ms-content-crc64": found };
}
