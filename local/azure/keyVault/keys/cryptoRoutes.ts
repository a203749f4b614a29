import { createRequire } from "node:module";
import { z } from "zod";
import { json, type AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import { keyActions } from "../dataAccess";
import { badParameter, incompatibleAlgorithm, keyForbidden, notInLocalAzure } from "../errors";
import { allow, bodyOf, type VaultContext } from "../vaultContext";
import {
  encryptionAlgorithms,
  signatureAlgorithms,
  symmetricAlgorithms,
  type EncryptionAlgorithm,
  type SignatureAlgorithm,
} from "./algorithms";
import { existingKeyVersion } from "./keyRoutes";
import type { KeyOperation, KeyRecord, KeyVersion } from "./keyRecord";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** Their libraries are slow to load, and a program that only starts local Azure uses no key. */
const signatures = () => later("./signatures") as typeof import("./signatures");
const encryption = () => later("./encryption") as typeof import("./encryption");

/** A key in use: what it is, and what of the request it is used on. */
interface Use {
  readonly record: KeyRecord;
  readonly version: KeyVersion;
  readonly kid: string;
  readonly alg: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Work = (context: VaultContext, use: Use) => object;

/** The calls that use a key. Their names in paths are in lower case; a key's operations are not. */
export function addCryptoRoutes(router: Router<VaultContext>): void {
  const add = (path: string, operation: Exclude<KeyOperation, "import">, work: Work): void => {
    for (const key of ["/keys/:name", "/keys/:name/:version"]) {
      router.on("POST", `${key}/${path}`, (request, { name = "", version }, context) => {
        allow(context, keyActions[operation], name);
        return json(200, work(context, useOf(request, context, operation, name, version)));
      });
    }
  };
  add("sign", "sign", (context, use) => {
    const { key, algorithm, bytes } = forSignature(context, use, "value");
    return { kid: use.kid, value: text(signatures().signDigest(key, algorithm, bytes)) };
  });
  add("verify", "verify", (context, use) => {
    const { key, algorithm, bytes } = forSignature(context, use, "digest");
    return { value: signatures().verifyDigest(key, algorithm, bytes, bytesIn(use, "value")) };
  });
  add("encrypt", "encrypt", encrypted);
  add("wrapkey", "wrapKey", encrypted);
  add("decrypt", "decrypt", decrypted);
  add("unwrapkey", "unwrapKey", decrypted);
}

const text = (bytes: Buffer): string => bytes.toString("base64url");

const useBody = z.looseObject({ alg: z.string() });

function useOf(
  request: AzureRequest,
  context: VaultContext,
  operation: KeyOperation,
  name: string,
  wanted: string | undefined,
): Use {
  const { record, version } = existingKeyVersion(context, name, wanted);
  refuseUse(version, operation, context.cloud.clock.now().getTime() / 1000);
  const parsed = useBody.safeParse(bodyOf(request) ?? {});
  if (!parsed.success) throw badParameter("Property alg is required and must be a string.");
  return { record, version, kid: context.keyBundles.id(record, version), alg: parsed.data.alg, body: parsed.data };
}

/** What opens or checks what was made before works outside of a key's dates too. */
const worksOutsideDates: readonly KeyOperation[] = ["decrypt", "unwrapKey", "verify"];

function refuseUse({ enabled, notBefore, expires, operations }: KeyVersion, operation: KeyOperation, now: number) {
  if (!enabled) throw keyForbidden("KeyDisabled", `Operation ${operation} is not allowed on a disabled key.`);
  if (!operations.includes(operation)) {
    throw keyForbidden("KeyOperationForbidden", `Operation ${operation} is not permitted on this key.`);
  }
  if (worksOutsideDates.includes(operation)) return;
  if (notBefore !== undefined && now < notBefore) {
    throw keyForbidden("KeyNotYetValid", `Operation ${operation} is not allowed on a key that is not yet valid.`);
  }
  if (expires !== undefined && now >= expires) {
    throw keyForbidden("KeyExpired", `Operation ${operation} is not allowed on an expired key.`);
  }
}

function forSignature(context: VaultContext, use: Use, property: "value" | "digest") {
  const { alg, version, kid } = use;
  const algorithm: SignatureAlgorithm | undefined = signatureAlgorithms.get(alg);
  if (algorithm === undefined) {
    throw badParameter(
      `Property alg has invalid value ${alg}; it takes ${[...signatureAlgorithms.keys()].join(", ")}.`,
    );
  }
  const { kind } = version;
  if (kind.kty !== algorithm.kty) throw incompatibleAlgorithm(kid, kind.kty, alg, algorithm.kty);
  if (kind.kty === "EC" && algorithm.kty === "EC" && kind.curve !== algorithm.curve) {
    throw badParameter(
      `Key ${kid} is on curve ${kind.curve}, and algorithm '${alg}' can only be used with a key on curve ${algorithm.curve}.`,
    );
  }
  const bytes = bytesIn(use, property);
  if (bytes.length !== algorithm.bytes) {
    throw badParameter(
      `Invalid length of '${property}': ${bytes.length} bytes. ${alg} requires ${algorithm.bytes} bytes, encoded with base64url.`,
    );
  }
  return { key: context.keys.privateKey(version), algorithm, bytes };
}

function encrypted(context: VaultContext, use: Use): object {
  const algorithm = encryptionOf(use);
  const plain = bytesIn(use, "value");
  try {
    return { kid: use.kid, value: text(encryption().encrypt(context.keys.privateKey(use.version), algorithm, plain)) };
  } catch {
    throw badParameter(`Property value has ${plain.length} bytes, which is too long for this key and ${use.alg}.`);
  }
}

function decrypted(context: VaultContext, use: Use): object {
  const algorithm = encryptionOf(use);
  const sealed = bytesIn(use, "value");
  try {
    return { kid: use.kid, value: text(encryption().decrypt(context.keys.privateKey(use.version), algorithm, sealed)) };
  } catch {
    throw badParameter("The parameter is incorrect.");
  }
}

function encryptionOf({ alg, version, kid }: Use): EncryptionAlgorithm {
  const algorithm = encryptionAlgorithms.get(alg);
  if (algorithm === undefined) {
    if (symmetricAlgorithms.has(alg)) throw notInLocalAzure(`${alg}: it takes the symmetric key of a managed HSM`);
    throw badParameter(
      `Property alg has invalid value ${alg}; it takes ${[...encryptionAlgorithms.keys()].join(", ")}.`,
    );
  }
  if (version.kind.kty !== "RSA") throw incompatibleAlgorithm(kid, version.kind.kty, alg, "RSA");
  return algorithm;
}

function bytesIn({ body }: Use, property: string): Buffer {
  const given = body[property];
  if (typeof given !== "string" || !/^[\w-]*={0,2}$/.test(given)) {
    throw badParameter(`Property ${property} is required, and must be encoded with base64url.`);
  }
  return Buffer.from(given, "base64url");
}
