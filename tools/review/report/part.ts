import { type Estates, readEstates } from "../estate/estate";
import { credentialValues } from "../estate/secretValues";
import { type Diagnostic, diagnosticsIn, errorsIn } from "../preview/diagnostics";
import { type PolicyResults, policyResults } from "../preview/policies";
import type { PreviewedEvents } from "../preview/source";
import { changesIn, type ResourceChange, stepsIn } from "../preview/steps";

/** A preview, and which stack's it is. */
export interface StackPreview {
  readonly stack: string;
  readonly previewed: PreviewedEvents;
  /** What may be the cause where the preview fails. */
  readonly hint?: string;
}

/** What one stack's preview gives to a report. */
export interface Part {
  readonly stack: string;
  readonly ok: boolean;
  readonly hint: string | undefined;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly estates: Estates;
  readonly changes: readonly ResourceChange[];
  readonly policies: PolicyResults;
}

/** @param hide hears each secret that the preview holds */
export function partOf({ stack, previewed, hint }: StackPreview, hide: (secret: string) => void): Part {
  const { events, plan, failure, programErrors, secrets } = previewed;
  secrets.forEach(hide);
  credentialValues(events).forEach(hide);
  const estates = readEstates(events, plan, hide);
  const errors = errorsIn(events, programErrors);
  return {
    stack,
    ok: failure === undefined,
    hint,
    errors: failure !== undefined && errors.length === 0 ? [{ message: failure }] : errors,
    warnings: diagnosticsIn(events, "warning"),
    estates,
    changes: changesIn(stepsIn(events)),
    policies: policyResults(events, isOwnStack(estates)),
  };
}

/** The project's own stack tells its readers the version of its outputs. */
const isOwnStack = ({ before, after }: Estates): boolean =>
  [after, before].some(({ outputs }) => outputs.number("contractVersion") !== undefined);
