import * as pulumi from "@pulumi/pulumi";
import { ArgumentError, problemLine } from "../checks/argumentError";
import type { Refusal } from "../checks/refusal";
import { fixedPaths, fixedProperties, type FixedProperty } from "./fixedProperties";
import { hookName, takesHooks } from "./hooks";
import type { KeptPlace } from "./keptInPlace";

type Options = pulumi.CustomResourceOptions & { readonly parent?: pulumi.Resource };

/** Who refuses a change. */
interface Told {
  readonly component: string;
  readonly name: string;
}

/** The options of a resource of which Azure never changes everything: see fixedProperties. */
export function fixedOptions(type: string, told: Told, opts: Options, place: KeptPlace): pulumi.CustomResourceOptions {
  const replaceOnChanges = fixedPaths(type, "replace");
  const ignoreChanges = fixedPaths(type, "keep");
  const refused = (fixedProperties[type] ?? []).filter(({ change }) => change === "refuse");
  return pulumi.mergeOptions(opts, {
    ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    hooks: hooks(type, told, refused, place, opts.parent),
  });
}

/** The engine asks before it makes or updates the resource, and in a preview too. */
function hooks(
  type: string,
  told: Told,
  refused: readonly FixedProperty[],
  place: KeptPlace,
  parent: pulumi.Resource | undefined,
): pulumi.ResourceHookBinding {
  if (!takesHooks()) return {};
  const name = hookName(type, told.name, parent);
  const update = new pulumi.ResourceHook(
    name,
    ({ id, newInputs, oldInputs, oldOutputs }) => {
      place.beforeUpdate(id, at(oldOutputs, "location")?.toString());
      const problems = refused.flatMap((property) => problem(property, [oldOutputs, oldInputs], newInputs));
      if (problems.length > 0) throw new ArgumentError(told.component, told.name, problems);
    },
    { onDryRun: true },
  );
  const create = new pulumi.ResourceHook(`${name}::create`, place.beforeCreate, { onDryRun: true });
  return { beforeCreate: [create], beforeUpdate: [update] };
}

function problem(
  { path, input = path, judge, unset }: FixedProperty,
  present: readonly unknown[],
  asked: unknown,
): string[] {
  const given = at(asked, path) ?? unset;
  const found = present.map((state) => at(state, path)).find((value) => value !== undefined) ?? unset;
  if (given === undefined || found === undefined || String(given) === String(found)) return [];
  const refusal = judge ? judge(String(found), String(given)) : never(String(found));
  return refusal ? [problemLine(input, given, refusal)] : [];
}

const never = (present: string): Refusal => ({
  needed: `${present}, the value it was created with, because Azure can't change it`,
  fix: `Write ${present}.`,
});

/** A plain value within a state. What is still unknown says nothing. */
function at(state: unknown, path: string): string | number | boolean | undefined {
  const value = path
    .split(".")
    .reduce<unknown>(
      (inner, step) =>
        typeof inner === "object" && inner !== null ? (Reflect.get(inner, step) as unknown) : undefined,
      state,
    );
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
