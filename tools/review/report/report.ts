import { accessIn } from "../access/changes";
import { consentStates, secretReaders } from "../access/standing";
import { type Estates, readEstates } from "../estate/estate";
import type { Party } from "../estate/parties";
import { credentialValues } from "../estate/secretValues";
import { diagnosticsIn, errorsIn } from "../preview/diagnostics";
import { policyResults } from "../preview/policies";
import type { PreviewedEvents } from "../preview/source";
import { changesIn, countsOf, stepsIn } from "../preview/steps";
import { Redactor } from "../../secrets/redactor";
import { dataLossIn } from "../risk/dataLoss";
import { risksIn } from "../risk/risks";
import { rotationsIn } from "../risk/rotationsDue";
import { REPORT_VERSION, type Report } from "./schema";
import { verdictOf, type Stop } from "./verdict";

export interface ReportOptions {
  readonly stack: string;
  /** The moment that dates are judged at. */
  readonly asOf: Date;
  /** What the exit code stops for, besides violations and failures. */
  readonly failOn: readonly Stop[];
}

/** Makes the report of a preview. The same events always give the same report. */
export function reportOf(previewed: PreviewedEvents, options: ReportOptions): Report {
  const { events, plan, failure, programErrors, secrets: untold } = previewed;
  const secrets = new Redactor();
  untold.forEach(secrets.hide);
  credentialValues(events).forEach(secrets.hide);
  const now = options.asOf.getTime();
  const estates = readEstates(events, plan, secrets.hide);
  const access = accessIn(estates);
  const changes = changesIn(stepsIn(events));
  const errors = errorsIn(events, programErrors);
  const judged = {
    version: REPORT_VERSION,
    stack: options.stack,
    asOf: options.asOf.toISOString(),
    preview: {
      ok: failure === undefined,
      errors: failure !== undefined && errors.length === 0 ? [{ message: failure }] : errors,
      warnings: diagnosticsIn(events, "warning"),
    },
    access: {
      changes: access.changes.map((change) => ({
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
    risks: risksIn({ estates, accessChanges: access.changes, now }),
    dataLoss: dataLossIn(changes, estates),
    policies: mutable(policyResults(events, isOwnStack(estates))),
    rotations: rotationsIn(estates, now),
    resources: {
      counts: countsOf(changes),
      changes: changes
        .filter(({ change }) => change !== "same")
        .map((change) => ({ ...change, properties: [...change.properties], steps: [...change.steps] })),
    },
  } as const satisfies Omit<Report, "verdict">;
  return secrets.cleanValue({ ...judged, verdict: verdictOf(judged, options.failOn) });
}

/** The project's own stack tells its readers the version of its outputs. */
const isOwnStack = ({ before, after }: Estates): boolean =>
  [after, before].some(({ outputs }) => outputs.number("contractVersion") !== undefined);

const shown = ({ name, kind, displayName }: Party): Report["access"]["changes"][number]["holder"] => ({
  name,
  kind,
  ...(displayName !== undefined && { displayName }),
});

const mutable = ({ rules, mandatory, advisory, waived, undecided, fixed }: ReturnType<typeof policyResults>) => ({
  rules,
  mandatory: [...mandatory],
  advisory: [...advisory],
  waived: [...waived],
  undecided: [...undecided],
  fixed: [...fixed],
});
