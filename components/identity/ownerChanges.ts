import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { hookName, takesHooks } from "../updates/hooks";

const TYPE = "azuread:index/application:Application";

/**
 * Warns, in a preview too, where an update takes an owner away and adds another: so it is where somebody else deploys than
 * before. Whoever deployed before may not change the application any more.
 *
 * @param application name of the component
 */
export function warnOfOwners(application: string, parent: pulumi.Resource): pulumi.ResourceHookBinding {
  if (!takesHooks()) return {};
  // The engine calls a hook outside of the program, where the SDK would not know whom to tell.
  const warn = AsyncResource.bind((text: string) => pulumi.log.warn(text));
  const hook = new pulumi.ResourceHook(
    hookName(TYPE, `${application}-owners`, parent),
    ({ oldInputs, newInputs }) => {
      const warning = ownerWarning(application, ownersIn(oldInputs), ownersIn(newInputs));
      return warning === undefined ? undefined : warn(warning);
    },
    { onDryRun: true },
  );
  return { beforeUpdate: [hook] };
}

/** What is said of owners that change places; nothing where only some are added, or only some are taken away. */
export function ownerWarning(
  application: string,
  before: readonly string[],
  after: readonly string[],
): string | undefined {
  const gone = before.filter((owner) => !after.includes(owner));
  const added = after.filter((owner) => !before.includes(owner));
  if (gone.length === 0 || added.length === 0) return undefined;
  return (
    `${application}: ${gone.join(", ")} will no longer own the application, and ${added.join(", ")} will. ` +
    "Where two identities deploy this stack, name both in owners."
  );
}

const ownersIn = (inputs: unknown): string[] => {
  const owners: unknown = typeof inputs === "object" && inputs !== null ? Reflect.get(inputs, "owners") : undefined;
  return Array.isArray(owners) ? owners.filter((owner) => typeof owner === "string") : [];
};
