import { Redactor } from "../../secrets/redactor";
import { accessIn } from "../access/changes";
import { consentStates, secretReaders } from "../access/standing";
import type { Estates } from "../estate/estate";
import { joined } from "../estate/joined";
import type { Party } from "../estate/parties";
import type { Diagnostic } from "../preview/diagnostics";
import type { PolicyResults } from "../preview/policies";
import type { PreviewedEvents } from "../preview/source";
import { countsOf } from "../preview/steps";
import { dataLossIn } from "../risk/dataLoss";
import { risksIn } from "../risk/risks";
import { nearestFirst, rotationsIn } from "../risk/rotationsDue";
import { ofStacks, reviewedStacks } from "./estate";
import { type Part, partOf, type StackPreview } from "./part";
import { REPORT_VERSION, type Report } from "./schema";
import { verdictOf, type Stop } from "./verdict";

interface Judging {
  /** The moment that dates are judged at. */
  readonly asOf: Date;
  /** What the exit code stops for, besides violations and failures. */
  readonly failOn: readonly Stop[];
}

export interface ReportOptions extends Judging {
  readonly stack: string;
}

/** Makes the report of a preview. The same events always give the same report. */
export function reportOf(previewed: PreviewedEvents, { stack, ...judging }: ReportOptions): Report {
  const secrets = new Redactor();
  const part = partOf({ stack, previewed }, secrets.hide);
  return secrets.cleanValue(judged([part], part.estates, judging));
}

/** Makes one report of the previews of several stacks: what moves from one to another is no change. */
export function estateReportOf(previews: readonly StackPreview[], judging: Judging): Report {
  const secrets = new Redactor();
  const parts = previews.map((preview) => partOf(preview, secrets.hide));
  const report = judged(parts, joined(parts.map(({ estates }) => estates)), judging, reviewedStacks(parts));
  return secrets.cleanValue(report);
}

/** @param stacks of an estate; absent in a review of one stack */
function judged(
  parts: readonly Part[],
  estates: Estates,
  { asOf, failOn }: Judging,
  stacks?: NonNullable<Report["stacks"]>,
): Report {
  const now = asOf.getTime();
  const access = accessIn(estates);
  const accessChanges = stacks === undefined ? access.changes : access.changes.map(ofStacks);
  const changes = parts.flatMap((part) => part.changes);
  const told = (of: (part: Part) => readonly Diagnostic[]) =>
    parts.flatMap((part) => of(part).map((each) => ({ ...each, ...(stacks && { stack: part.stack }) })));
  const report = {
    version: REPORT_VERSION,
    stack: parts.map(({ stack }) => stack).join(", "),
    ...(stacks && { stacks }),
    asOf: asOf.toISOString(),
    preview: {
      ok: parts.every(({ ok }) => ok),
      errors: told(({ errors }) => errors),
      warnings: told(({ warnings }) => warnings),
    },
    access: {
      changes: accessChanges.map((change) => ({
        ...change,
        holder: shown(change.holder),
        to: shown(change.to),
        before: [...change.before],
        after: [...change.after],
        declaredBy: [...change.declaredBy],
      })),
      consent: consentStates(access).map(({ application, granted, awaiting }) => ({
        application: shown(application),
        granted: [...granted],
        awaiting: [...awaiting],
      })),
      secretReaders: secretReaders(access).map(({ secret, readers }) => ({
        secret: shown(secret),
        readers: readers.map(shown),
      })),
    },
    risks: risksIn({ estates, accessChanges, now }),
    dataLoss: dataLossIn(changes, estates),
    policies: together(parts.map(({ policies }) => policies)),
    rotations: nearestFirst(parts.flatMap((part) => rotationsIn(part.estates, now))),
    resources: {
      counts: countsOf(changes),
      changes: changes
        .filter(({ change }) => change !== "same")
        .map((change) => ({ ...change, properties: [...change.properties], steps: [...change.steps] })),
    },
  } as const satisfies Omit<Report, "verdict">;
  return { ...report, verdict: verdictOf(report, failOn) };
}

const shown = ({ name, kind, displayName }: Party): Report["access"]["changes"][number]["holder"] => ({
  name,
  kind,
  ...(displayName !== undefined && { displayName }),
});

/** One policy pack has judged all stacks. */
const together = (all: readonly PolicyResults[]) => ({
  rules: Math.max(0, ...all.map(({ rules }) => rules)),
  mandatory: all.flatMap(({ mandatory }) => mandatory),
  advisory: all.flatMap(({ advisory }) => advisory),
  waived: all.flatMap(({ waived }) => waived),
  undecided: all.flatMap(({ undecided }) => undecided),
  fixed: all.flatMap(({ fixed }) => fixed),
});
