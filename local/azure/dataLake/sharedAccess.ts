import { createHmac, timingSafeEqual } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { queryParameter, type AzureRequest } from "../http/message";
import { tenant } from "../landingZone/layout";
import { accountKeys } from "./accountKeys";
import type { AccountRecord } from "./accountRecord";
import { keysNotPermitted, notUnderstood, signatureRefused } from "./refusal";

/** What a shared access signature lets its bearer do in one container. */
export interface SharedAccess {
  readonly fileSystem: string;
  /** Letters, as `sp` has them: r, a, c, w, d, l. */
  readonly permissions: string;
}

/** Who comes with a shared access signature. */
export interface SharedAccessCaller {
  readonly caller: Caller;
  readonly sharedAccess: SharedAccess;
  /** The request without the signature, which no operation knows. */
  readonly request: AzureRequest;
}

const version = "2022-11-02";
/** From this version on, the texts that are signed are those below. */
const oldestVersion = "2020-12-06";
const parameters = ["sp", "st", "se", "skoid", "sktid", "skt", "ske", "sks", "skv", "spr", "sv", "sr", "sig"] as const;
type Parameters = Readonly<Record<Exclude<(typeof parameters)[number], "sig">, string>>;
/** What else a signature may have; it would narrow it or change the reply, and is not understood here. */
const others = ["sip", "saoid", "suoid", "scid", "ses", "rscc", "rscd", "rsce", "rscl", "rsct", "sdd", "si", "ss"];

interface Grant extends SharedAccess {
  readonly account: string;
  readonly hours: number;
}

/** A signature for a container with an account's key, base64. */
export function keySignature(now: Date, { account, fileSystem, permissions, hours }: Grant, key: string): string {
  const signed = { ...none, ...common(now, permissions, hours) };
  return query(signed, hmac(key, keyText(account, fileSystem, signed)));
}

/** A signature for a container that an Azure service gives out in its own name. @param delegator its object ID */
export function delegatedSignature(cloud: Cloud, grant: Grant, delegator: string): string {
  const { account, fileSystem, permissions, hours } = grant;
  const shared = common(cloud.clock.now(), permissions, hours);
  const of = { skoid: delegator, sktid: tenant.id, skt: shared.st, ske: shared.se, sks: "b", skv: version };
  const signed = { ...shared, ...of };
  return query(signed, hmac(delegationKey(cloud, account, signed), delegatedText(account, fileSystem, signed)));
}

/** The bearer of a request's signature; undefined where it has none. @throws Refusal */
export function sharedAccessOf(
  cloud: Cloud,
  request: AzureRequest,
  account: AccountRecord,
  fileSystem: string,
): SharedAccessCaller | undefined {
  const given = queryParameter(request, "sig");
  if (given === undefined) {
    return undefined;
  }
  const signed = Object.fromEntries(parameters.map((name) => [name, queryParameter(request, name) ?? ""])) as unknown;
  const checked = signed as Parameters;
  if (checked.skoid === "" && account.properties.allowSharedKeyAccess === false) {
    throw keysNotPermitted();
  }
  refuseUnknown(request, checked);
  const now = cloud.clock.now().getTime();
  const isCurrent = (checked.st === "" || Date.parse(checked.st) <= now) && now < Date.parse(checked.se);
  const valid = signatures(cloud, account, fileSystem, checked).some((each) => same(each, given));
  if (!isCurrent || !valid) {
    throw signatureRefused();
  }
  const { skoid, sktid, sp } = checked;
  return {
    // Azure names the bearer of an account's key so.
    caller: { clientId: skoid, objectId: skoid === "" ? "$superuser" : skoid, tenantId: sktid, roles: [] },
    sharedAccess: { fileSystem, permissions: sp },
    request: { ...request, query: withoutSignature(request.query) },
  };
}

const none = { skoid: "", sktid: "", skt: "", ske: "", sks: "", skv: "" };

function common(now: Date, permissions: string, hours: number) {
  const end = new Date(now.getTime() + hours * 60 * 60 * 1000);
  return { sp: permissions, st: instant(now), se: instant(end), spr: "https", sv: version, sr: "c" };
}

const instant = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");

const query = (signed: Parameters, sig: string): string =>
  new URLSearchParams(Object.entries({ ...signed, sig }).filter(([, value]) => value !== "")).toString();

function refuseUnknown(request: AzureRequest, { sr, sv }: Parameters): void {
  const other = others.find((name) => queryParameter(request, name) !== undefined);
  if (other !== undefined) throw notUnderstood(`the parameter ${other} of a shared access signature`);
  if (sr !== "c") throw notUnderstood(`sr=${sr} in a shared access signature`);
  if (sv < oldestVersion) throw notUnderstood(`sv=${sv} in a shared access signature`);
}

/** The signatures of which a request must have one. */
function signatures(cloud: Cloud, account: AccountRecord, fileSystem: string, signed: Parameters): string[] {
  if (signed.skoid !== "") {
    return [hmac(delegationKey(cloud, account.name, signed), delegatedText(account.name, fileSystem, signed))];
  }
  const keys = accountKeys(cloud.stateKey, account);
  return keys.map(({ value }) => hmac(value, keyText(account.name, fileSystem, signed)));
}

function same(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function withoutSignature(given: URLSearchParams): URLSearchParams {
  const names = new Set<string>(parameters);
  return new URLSearchParams([...given].filter(([name]) => !names.has(name.toLowerCase())));
}

/** The key that Azure gives a user to sign with between two dates, base64. */
const delegationKey = ({ stateKey }: Cloud, account: string, { skoid, skt, ske }: Parameters): string =>
  Buffer.from(stateKey.derive(`delegation-key/${account}/${skoid}/${skt}/${ske}`), "base64url").toString("base64");

const hmac = (key: string, text: string): string =>
  createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64");

/** Empty lines stand for parameters that are not understood here. */
const lines = (...parts: readonly (string | number)[]): string =>
  parts.flatMap((part) => (typeof part === "number" ? Array<string>(part).fill("") : [part])).join("\n");

const keyText = (account: string, fileSystem: string, { sp, st, se, spr, sv, sr }: Parameters): string =>
  lines(sp, st, se, `/blob/${account}/${fileSystem}`, 2, spr, sv, sr, 7);

const delegatedText = (account: string, fileSystem: string, signed: Parameters): string => {
  const { sp, st, se, skoid, sktid, skt, ske, sks, skv, spr, sv, sr } = signed;
  const resource = `/blob/${account}/${fileSystem}`;
  return lines(sp, st, se, resource, skoid, sktid, skt, ske, sks, skv, 4, spr, sv, sr, 7);
};
