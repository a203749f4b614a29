/** The part of the policy SDK that guards pending values; the SDK publishes no types for it. */
declare module "@pulumi/policy/proxy" {
  export const unknownStringValue: string;
  export function unknownCheckingProxy(toProxy: unknown): unknown;
}
