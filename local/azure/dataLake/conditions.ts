import { headerOf, type LakeRequest } from "./lakeRequest";
import { conditionNotMet, pathExists } from "./refusal";

interface Versioned {
  readonly etag: string;
  readonly lastModified: string;
}

/** Holds a request's conditions against what is there. @throws Refusal */
export function checkConditions(lake: LakeRequest, present: Versioned | undefined): void {
  const { ifMatch, ifNoneMatch, ifUnmodifiedSince } = conditionsOf(lake);
  if (ifNoneMatch === "*" && present !== undefined) {
    throw pathExists();
  }
  const matches = (wanted: string): boolean =>
    present !== undefined && (wanted === "*" || sameEtag(wanted, present.etag));
  const isStale = ifMatch !== undefined && !matches(ifMatch);
  const isKnown = ifNoneMatch !== undefined && matches(ifNoneMatch);
  const isNewer =
    ifUnmodifiedSince !== undefined &&
    present !== undefined &&
    seconds(present.lastModified) > seconds(ifUnmodifiedSince);
  if (isStale || isKnown || isNewer) {
    throw conditionNotMet();
  }
}

/** Whether a reader has this version already: the answer is then 304. @throws Refusal where If-Match fails */
export function isUnchanged(lake: LakeRequest, present: Versioned): boolean {
  const { ifMatch, ifNoneMatch } = conditionsOf(lake);
  if (ifMatch !== undefined && ifMatch !== "*" && !sameEtag(ifMatch, present.etag)) {
    throw conditionNotMet();
  }
  return ifNoneMatch !== undefined && (ifNoneMatch === "*" || sameEtag(ifNoneMatch, present.etag));
}

const conditionsOf = (
  lake: LakeRequest,
): Record<"ifMatch" | "ifNoneMatch" | "ifUnmodifiedSince", string | undefined> => ({
  ifMatch: headerOf(lake, "if-match"),
  ifNoneMatch: headerOf(lake, "if-none-match"),
  ifUnmodifiedSince: headerOf(lake, "if-unmodified-since"),
});

const sameEtag = (a: string, b: string): boolean => a.replaceAll('"', "") === b.replaceAll('"', "");
const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);
