import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StateDamagedError } from "./stateErrors";
import { localCommand } from "../../invocation";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** The key file is not the one that the state was sealed with. */
export const damagedKey = (file: string, damage: string): StateDamagedError =>
  new StateDamagedError(
    file,
    damage,
    "Without it the values of secrets, the signing key and the identities' own secrets are lost. " +
      `Restore this file from a backup, or start again from empty: \`${localCommand("reset")}\`, then \`${localCommand()}\`.`,
  );

/** A value was sealed with another key, or is not as it was sealed. */
export class UnsealError extends Error {
  constructor(cause: unknown) {
    super("The value was encrypted with another key.", { cause });
    this.name = "UnsealError";
  }
}

/** The one key of a state directory: seals secret values at rest and derives the landing zone's client secrets. */
export class StateKey {
  private constructor(private readonly key: Buffer) {}

  /**
   * Reads the key file.
   *
   * @throws StateDamagedError where there is none, or what is in it is no key
   */
  static read(file: string): StateKey {
    try {
      const key = readFileSync(file);
      if (key.length !== keyBytes) {
        throw damagedKey(file, `it has ${key.length} bytes instead of ${keyBytes}`);
      }
      return new StateKey(key);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === "ENOENT" ? damagedKey(file, "it is missing") : error;
    }
  }

  /** Reads the key file, or makes one that only its owner may read. */
  static open(file: string): StateKey {
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // In one step: a kill must not leave a part of a key.
      const staging = `${file}.new`;
      writeFileSync(staging, randomBytes(keyBytes), { mode: 0o600 });
      renameSync(staging, file);
    }
    return StateKey.read(file);
  }

  seal(plain: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.key, nonce);
    const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  }

  /** @throws UnsealError */
  unseal(sealed: string): string {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(algorithm, this.key, bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
      return plain.toString("utf8");
    } catch (error) {
      throw new UnsealError(error);
    }
  }

  /** A secret that belongs to this state directory and to a purpose, the same each time. */
  derive(purpose: string): string {
    return createHmac("sha256", this.key).update(purpose).digest("base64url");
  }
}
