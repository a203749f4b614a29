import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isInternal, resourceName } from "./names";

/** An error or a warning of the program, a provider or the engine. */
export interface Diagnostic {
  readonly message: string;
  /** Name of the resource it is about. */
  readonly resource?: string;
}

/** What says nothing that another diagnostic does not say better, or is about our own set-up. */
const boilerplate =
  /^(update failed|preview failed|Undefined value)|^resource monitor shut down|^using pulumi-analyzer-policy-nodejs/;

export function diagnosticsIn(events: readonly EngineEvent[], severity: "error" | "warning"): Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const { diagnosticEvent } of events) {
    if (diagnosticEvent?.severity !== severity) continue;
    const message = withoutTrace(diagnosticEvent.message);
    if (message === "" || boilerplate.test(message)) continue;
    const { urn = "" } = diagnosticEvent;
    const type = urn.split("::")[2]?.split("$").pop() ?? "";
    const resource = urn === "" || isInternal(type) ? {} : { resource: resourceName(urn) };
    told.set(`${urn} ${message}`, { message, ...resource });
  }
  return [...told.values()];
}

/** Without colours and without a program's stack trace. */
const withoutTrace = (message: string): string =>
  message
    .replaceAll(/<\{%[^%]*%\}>/g, "")
    .split("\n")
    .filter((line) => !/^\s+at .*[(:]/.test(line))
    .join("\n")
    .trim();
