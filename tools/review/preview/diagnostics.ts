import type { EngineEvent } from "@pulumi/pulumi/automation";
import { toldMessage } from "../../program/message";
import { isInternal } from "../../engine/types";
import { nameInUrn, typeInUrn } from "../../engine/urns";

/** An error or a warning of the program, a provider or the engine. */
export interface Diagnostic {
  readonly message: string;
  /** Name of the resource it is about. */
  readonly resource?: string;
}

/** What says nothing that another diagnostic does not say better, or is about our own set-up. */
const boilerplate =
  /^(update failed|preview failed|preview cancell?ed|Undefined value)|^resource monitor shut down|^using pulumi-analyzer-policy-nodejs/;

const engineColour = /<\{%[^%]*%\}>/g;

/** What the program threw or rejected as its runner heard it, then what the engine told besides. */
export function errorsIn(events: readonly EngineEvent[], ofProgram: readonly string[] = []): Diagnostic[] {
  const told = diagnosticsIn(events, "error").filter(({ message }) => !ofProgram.includes(message));
  return [...ofProgram.map((message) => ({ message })), ...told];
}

export function diagnosticsIn(events: readonly EngineEvent[], severity: "error" | "warning"): Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const { diagnosticEvent } of events) {
    if (diagnosticEvent?.severity !== severity) continue;
    const message = toldMessage(diagnosticEvent.message.replaceAll(engineColour, ""));
    if (message === "" || boilerplate.test(message)) continue;
    const { urn = "" } = diagnosticEvent;
    const type = typeInUrn(urn);
    const resource = urn === "" || isInternal(type) ? {} : { resource: nameInUrn(urn) };
    told.set(`${urn} ${message}`, { message, ...resource });
  }
  return [...told.values()];
}
