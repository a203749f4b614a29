import * as pulumi from "@pulumi/pulumi";

/**
 * Whether a setting is encrypted in the stack's file. Pulumi's SDK has this function and leaves it out of its types, so
 * it is looked for; without it nothing counts as secret, which is Pulumi's own reading of plain settings.
 */
export function isSecretSetting(key: string): boolean {
  const answer: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof answer === "function" && Reflect.apply(answer, undefined, [key]) === true;
}
