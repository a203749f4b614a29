import * as pulumi from "@pulumi/pulumi";
import { ArgumentError, problemLine } from "../checks/argumentError";
import type { Refusal } from "../checks/refusal";
import { fixedPaths, fixedProperties, type FixedProperty } from "./fixedProperties";
import { hookName, takesHooks } from "./hooks";

type Options = pulumi.CustomResourceOptions & { readonly parent?: pulumi.Resource };

/** Who refuses a change. */
interface Told {
  readonly component: string;
  readonly name: string;
}

/** The options of a resource of which Azure never changes everything: see fixedProperties. */
export function fixedOptions(type: string, told: Told, opts: Options): pulumi.CustomResourceOptions {
  const replaceOnChanges = fixedPaths(type, "replace");
  const ignoreChanges = fixedPaths(type, "keep");
  const refused = (fixedProperties[type] ?? []).filter(({ change }) => change === "refuse");
  return pulumi.mergeOptions(opts, {
    ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(refused.length > 0 && { hooks: hooks(type, told, refused, opts.parent) }),
  });
}

/** The engine asks before an update, and in a preview too. */
function hooks(
  type: string,
  told: Told,
  refused: readonly FixedProperty[],
  parent: pulumi.Resource | undefined,
): pulumi.ResourceHookBinding {
  if (!takesHooks()) return {};
  const hook = new pulumi.ResourceHook(
    hookName(type, told.name, parent),
    ({ newInputs, oldInputs, oldOutputs }) => {
      const problems = refused.flatMap((property) => problem(property, [oldOutputs, oldInputs], newInputs));
      if (problems.length > 0) throw new ArgumentError(told.component, told.name, problems);
    },
    { onDryRun: true },
  );
  return { beforeUpdate: [hook] };
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
  needed: `${present}, which it was made with, because Azure never changes that`,
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
