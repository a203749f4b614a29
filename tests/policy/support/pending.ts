import { unknownCheckingProxy, unknownStringValue } from "@pulumi/policy/proxy";

/** A value that the engine can't know at preview, as the policy SDK passes it on. */
export const pending: string = unknownStringValue;

/** A copy made of this realm's own objects: the SDK's guard passes over any others, as structuredClone makes under jest. */
const copy = (props: Record<string, unknown>): unknown => JSON.parse(JSON.stringify(props));

/** Properties behind the SDK's own guard, which throws where a pending value is read. */
export const proxied = (props: Record<string, unknown>): Record<string, unknown> =>
  unknownCheckingProxy(copy(props)) as Record<string, unknown>;
