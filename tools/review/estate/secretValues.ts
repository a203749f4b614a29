import type { EngineEvent } from "@pulumi/pulumi/automation";
import { applicationPassword, servicePrincipalPassword, vaultSecret } from "../../../policy/rule/resourceTypes";
import { stepsIn } from "../preview/steps";
import { valuesOf } from "../preview/values";
import { Properties } from "./properties";

/** Where Azure's own secrets stand, whether the program marked them as secrets or not. */
const places = [
  [applicationPassword, "value"],
  [servicePrincipalPassword, "value"],
  [vaultSecret, "properties.value"],
] as const;

/** Secrets that the engine's events hold in plain text. */
export function credentialValues(events: readonly EngineEvent[]): string[] {
  return stepsIn(events).flatMap(({ type, old, new: next }) => {
    const paths = places.filter(([of]) => of.pattern.test(type)).map(([, path]) => path);
    const sides = [old?.inputs, old?.outputs, next?.inputs, next?.outputs];
    return sides.flatMap((side) => {
      const properties = new Properties(valuesOf(side ?? {}, () => undefined));
      return paths.flatMap((path) => properties.text(path) ?? []);
    });
  });
}
