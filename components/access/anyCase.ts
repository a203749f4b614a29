import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../checks/identifiers";
import { ofInput } from "../checks/ofInput";

type Inputs = Readonly<Record<string, pulumi.Input<string> | undefined>>;

/**
 * Declares a resource with inputs that Azure reads in any letter case: another spelling is no change, and another value is
 * a new resource. What stands keeps the spelling that it was made with.
 *
 * @param inputs the inputs by their paths; those that are absent do not count
 * @param declare makes the resource with the options that it is given
 * @param answers what Azure says of each of these inputs, for those whose place must not be taken for another
 */
export function inAnyCase<T extends pulumi.CustomResource>(
  inputs: Inputs,
  opts: pulumi.CustomResourceOptions,
  declare: (opts: pulumi.CustomResourceOptions) => T,
  answers?: (resource: T) => pulumi.Output<string>[],
): T {
  const given = Object.entries(inputs).flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
  const values = given.map(({ value }) => lowerCase(value));
  const resource = declare(
    pulumi.mergeOptions(opts, {
      ignoreChanges: given.map(({ path }) => path),
      // A list, because the SDK marks an output that is a trigger by itself as one in a preview, where it would differ from the
      // value in the state, and every preview would make the resource anew.
      replacementTrigger: values,
    }),
  );
  if (answers) {
    pulumi.all([resource.urn, pulumi.all(answers(resource)), pulumi.all(values)]).apply(([urn, stands, wanted]) => {
      refuseElsewhere(urn, stands.join("|"), wanted.join("|"));
    });
  }
  return resource;
}

/**
 * The options of what lies in a resource of this program, which is never made anew: another resource group or name of that
 * resource is refused there. A resource of another program in its place is a new place, as {@link inAnyCase} has it.
 *
 * @param paths the inputs that say the resource group and the name
 */
export const within = (
  resourceId: pulumi.Output<string>,
  paths: readonly [resourceGroupName: string, name: string],
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions =>
  pulumi.mergeOptions(opts, {
    ignoreChanges: [...paths],
    replacementTrigger: [
      resourceId.apply((id) => placeOf(id).resourceGroupName.toLowerCase()),
      resourceId.apply((id) => placeOf(id).name.toLowerCase()),
    ],
  });

const lowerCase = ofInput((text) => text.toLowerCase());

/**
 * A state that an earlier version of this library wrote has nothing to compare with, so the first run after it takes what
 * stands for what is asked for. Where it is something else, the run ends here instead of saying that nothing changed.
 */
function refuseElsewhere(urn: string, stands: string, wanted: string): void {
  if (stands.toLowerCase() === wanted) return;
  throw new pulumi.RunError(
    `${urn} is for ${stands}, and the program asks for ${wanted}. Replace it: pulumi up --replace "${urn}"`,
  );
}
