import { accessIn } from "../../review/access/changes";
import { joined } from "../../review/estate/joined";
import { Redactor } from "../../secrets/redactor";
import { grantRecords } from "./grants";
import { PartyBook } from "./parties";
import { ruleRecords } from "./policies";
import { ACCESS_REPORT_VERSION, type AccessReport } from "./schema";
import type { KnownNames, StackSource } from "./sources";
import { timelineOf } from "./timeline";

export interface AccessReportOptions {
  /** The moment that dates are judged at. */
  readonly asOf: Date;
  readonly names: KnownNames;
  /** What a verify run printed, read. */
  readonly verify: AccessReport["verify"];
  /** Never shown, whatever it stands in. */
  readonly secrets: readonly string[];
}

/** All that the page shows of some stacks. The same stacks always give the same report. */
export function accessReportOf(sources: readonly StackSource[], options: AccessReportOptions): AccessReport {
  const estates = joined(sources.map((source) => source.estates));
  const access = accessIn(estates);
  const book = new PartyBook(estates, options.names);
  for (const grant of [...access.before, ...access.after]) book.add(grant);
  const parties = book.records();
  const grants = grantRecords(access, estates, book);
  const report: AccessReport = {
    version: ACCESS_REPORT_VERSION,
    asOf: options.asOf.toISOString().replace(/\.\d+Z$/, "Z"),
    stacks: sources.map(({ id, from, estates: { after } }) => ({ id, from, resources: after.resources.length })),
    parties,
    grants,
    timeline: timelineOf(sources, estates, book, parties, grants),
    policies: ruleRecords(sources),
    verify: options.verify,
    reviews: sources.flatMap(({ review }) => (review ? [review] : [])),
  };
  const redactor = new Redactor();
  options.secrets.forEach(redactor.hide);
  return redactor.cleanValue(report);
}
