import { unknownCheckingProxy, unknownStringValue } from "@pulumi/policy/proxy";

/** A value that the engine can't know at preview, as the policy SDK passes it on. */
export const pending: string = unknownStringValue;

/** Properties behind the SDK's own guard, which throws where a pending value is read. */
export const proxied = (props: Record<string, unknown>): Record<string, unknown> =>
  unknownCheckingProxy(structuredClone(props)) as Record<string, unknown>;
