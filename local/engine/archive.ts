import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import checksums from "./archives.json";
import { run } from "./run";

/** Published archives: of each version, by operating system and processor, the SHA-256 that Pulumi publishes with it. */
export type Checksums = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const publishedChecksums: Checksums = checksums;

/** Where Pulumi publishes its archives. */
export const publishedArchives = "https://get.pulumi.com/releases/sdk";

const probeTimeoutMs = 8_000;
const downloadTimeoutMs = 5 * 60_000;
const unpackTimeoutMs = 60_000;

/** What is downloaded, from where, and what it must be. */
export interface Archive {
  readonly url: string;
  readonly sha256: string;
}

/** The archive of a version for this machine; a sentence where its checksum is not known. */
export function archiveOf(version: string, base: string, known: Checksums): Archive | string {
  const platform = `${process.platform}-${process.arch}`;
  const sha256 = known[version]?.[platform];
  return sha256 === undefined
    ? `local/engine/archives.json has no checksum of the Pulumi engine ${version} for ${platform}`
    : { url: `${base}/pulumi-v${version}-${platform}.tar.gz`, sha256 };
}

/** Why an archive can't be downloaded, where that is known within seconds. */
export async function whyClosed({ url }: Archive): Promise<string | undefined> {
  const { host } = new URL(url);
  try {
    const { ok, status } = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(probeTimeoutMs) });
    return ok ? undefined : `${host} answered ${status}`;
  } catch (error) {
    return `${host} can't be reached (${reasonOf(error)})`;
  }
}

/**
 * Downloads an archive and unpacks it once its checksum is right.
 *
 * @param directory gets the executables in `bin`
 * @returns why it failed, if it did
 */
export async function unpackArchive(
  archive: Archive,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const file = join(directory, "archive.tar.gz");
  try {
    const sha256 = await downloaded(archive.url, file);
    if (sha256 !== archive.sha256) {
      return `what ${archive.url} gave is not the published archive: its SHA-256 is ${sha256}, not ${archive.sha256}`;
    }
    const args = ["-xzf", file, "-C", join(directory, "bin"), "--strip-components=1"];
    const unpacked = await run({ command: "tar", args, env, timeoutMs: unpackTimeoutMs });
    return unpacked.ok ? undefined : `its archive could not be unpacked: ${unpacked.reason}`;
  } catch (error) {
    return `the download failed: ${reasonOf(error)}`;
  } finally {
    await rm(file, { force: true });
  }
}

async function downloaded(url: string, file: string): Promise<string> {
  const { ok, status, body } = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!ok || body === null) {
    throw new Error(`${new URL(url).host} answered ${status}`);
  }
  const hash = createHash("sha256");
  const content = Readable.fromWeb(body as ReadableStream<Uint8Array>);
  content.on("data", (chunk: Uint8Array) => hash.update(chunk));
  await pipeline(content, createWriteStream(file, { mode: 0o600 }));
  return hash.digest("hex");
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
