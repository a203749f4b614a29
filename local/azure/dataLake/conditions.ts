import { headerOf, type LakeRequest } from "./lakeRequest";
import type { Leasable } from "./lease";
import { checkLease } from "./leaseCheck";
import { conditionNotMet, pathExists, sourceConditionNotMet } from "./refusal";

interface Versioned extends Leasable {
  readonly etag: string;
  readonly lastModified: string;
}

/** Holds a write's conditions, and its lease of a path, against what is there. @throws Refusal */
export function checkConditions(lake: LakeRequest, present: Versioned | undefined): void {
  checkConditionsAlone(lake, present);
  checkLease(lake, present ?? {}, lake.path === "" ? "none" : "lease");
}

/** The same without the lease. @throws Refusal */
export function checkConditionsAlone(lake: LakeRequest, present: Versioned | undefined): void {
  if (headerOf(lake, "if-none-match") === "*" && present !== undefined) {
    throw pathExists();
  }
  if (failed(lake, present, "") !== undefined) {
    throw conditionNotMet();
  }
}

/** Holds the conditions on the source of a copy or a rename against it. @throws Refusal */
export function checkSourceConditions(lake: LakeRequest, source: Versioned): void {
  checkLease(lake, source, "none", "x-ms-source-lease-id");
  if (failed(lake, source, "x-ms-source-") !== undefined) {
    throw sourceConditionNotMet();
  }
}

/** Whether a reader has this version already: the answer is then 304. @throws Refusal where another condition fails */
export function isUnchanged(lake: LakeRequest, present: Versioned): boolean {
  checkLease(lake, present, "none");
  const condition = failed(lake, present, "");
  if (condition === "if-match" || condition === "if-unmodified-since") {
    throw conditionNotMet();
  }
  return condition !== undefined;
}

type Condition = "if-match" | "if-unmodified-since" | "if-none-match" | "if-modified-since";

/** The first condition that does not hold, in HTTP's order: a date counts only where no tag is given. */
function failed(lake: LakeRequest, present: Versioned | undefined, prefix: string): Condition | undefined {
  const given = (condition: Condition): string | undefined => headerOf(lake, `${prefix}${condition}`);
  const matches = (wanted: string): boolean =>
    present !== undefined && wanted.split(",").some((tag) => tag.trim() === "*" || sameEtag(tag, present.etag));
  const isAfter = (time: string): boolean => present !== undefined && seconds(present.lastModified) > seconds(time);
  const [match, noneMatch] = [given("if-match"), given("if-none-match")];
  const [unmodified, modified] = [dateOf(given("if-unmodified-since")), dateOf(given("if-modified-since"))];
  if (match !== undefined && !matches(match)) {
    return "if-match";
  }
  if (match === undefined && unmodified !== undefined && isAfter(unmodified)) {
    return "if-unmodified-since";
  }
  if (noneMatch !== undefined && matches(noneMatch)) {
    return "if-none-match";
  }
  const isOld = present !== undefined && modified !== undefined && !isAfter(modified);
  return noneMatch === undefined && isOld ? "if-modified-since" : undefined;
}

/** HTTP has a date that can't be read count as none. */
const dateOf = (text: string | undefined): string | undefined =>
  text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;

const sameEtag = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (etag: string): string => etag.trim().replace(/^W\//, "").replaceAll('"', "");
const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);
