import { createHash, createHmac, randomBytes } from "node:crypto";

/** A DER value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const bytes: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const length = content.length < 0x80 ? [content.length] : [0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const octets = (content: Buffer): Buffer => der(0x04, content);
const explicit = (content: Buffer): Buffer => der(0xa0, content);
const small = (value: number): Buffer =>
  der(0x02, Buffer.from(value < 0x80 ? [value] : [Math.floor(value / 256), value % 256]));

/** Object identifiers, ready made: 1.2.840.113549.1 is all of their beginning but the hash's. */
const oid = {
  data: Buffer.from("06092a864886f70d010701", "hex"),
  keyBag: Buffer.from("060b2a864886f70d010c0a0101", "hex"),
  certBag: Buffer.from("060b2a864886f70d010c0a0103", "hex"),
  x509Certificate: Buffer.from("060a2a864886f70d01091601", "hex"),
  localKeyId: Buffer.from("06092a864886f70d010915", "hex"),
  /** 2.16.840.1.113894.746875.1.1 and anyExtendedKeyUsage: how Java marks what it trusts. */
  javaTrusted: Buffer.from("060c6086480186f966adca7b0101", "hex"),
  anyUsage: Buffer.from("0604551d2500", "hex"),
  sha256: Buffer.from("0609608648016503040201", "hex"),
};

const macIterations = 2048;
const blockSize = 64;

/**
 * A PKCS #12 file without a password, as Key Vault keeps a certificate: the key and the certificate are not encrypted,
 * and its seal is that of the empty password.
 *
 * @param privateKey PKCS #8 in DER; a file of the certificates alone where absent
 * @param issuers the certificates of those who issued it
 */
export function pkcs12(certificate: Buffer, privateKey: Buffer | undefined, issuers: readonly Buffer[] = []): Buffer {
  const keyId = createHash("sha1").update(certificate).digest();
  const attributes = set(sequence(oid.localKeyId, set(octets(keyId))));
  return sealed([
    ...(privateKey === undefined ? [] : [sequence(oid.keyBag, explicit(privateKey), attributes)]),
    certificateBag(certificate, attributes),
    ...issuers.map((each) => certificateBag(each)),
  ]);
}

/** A trust store of Java with one certificate. It needs no password: there is nothing secret in it. */
export const javaTrustStore = (certificate: Buffer): Buffer =>
  sealed([certificateBag(certificate, set(sequence(oid.javaTrusted, set(oid.anyUsage))))]);

const certificateBag = (certificate: Buffer, ...attributes: readonly Buffer[]): Buffer =>
  sequence(oid.certBag, explicit(sequence(oid.x509Certificate, explicit(octets(certificate)))), ...attributes);

/** The file of these bags, each in a safe of its own. */
function sealed(bags: readonly Buffer[]): Buffer {
  const safe = sequence(...bags.map((bag) => contentInfo(sequence(bag))));
  const salt = randomBytes(8);
  const seal = createHmac("sha256", macKey(salt)).update(safe).digest();
  const digestInfo = sequence(sequence(oid.sha256, der(0x05)), octets(seal));
  return sequence(small(3), contentInfo(safe), sequence(digestInfo, octets(salt), small(macIterations)));
}

const contentInfo = (content: Buffer): Buffer => sequence(oid.data, explicit(octets(content)));

/** RFC 7292, appendix B.2: the key of the seal, of the empty password. One round gives all the bytes that are needed. */
function macKey(salt: Buffer): Buffer {
  const forSeal = Buffer.alloc(blockSize, 3);
  const password = Buffer.alloc(blockSize);
  let key = Buffer.concat([forSeal, repeated(salt), password]);
  for (let round = 0; round < macIterations; round += 1) key = createHash("sha256").update(key).digest();
  return key;
}

const repeated = (salt: Buffer): Buffer => Buffer.alloc(blockSize, salt);
