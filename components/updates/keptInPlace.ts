import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../checks/argumentError";
import { placeOf } from "../checks/identifiers";
import type { Check } from "../checks/refusal";

type Asked = pulumi.Input<string> | undefined;

/** Where the arguments have a resource. Nothing where they leave it out. */
export interface AskedPlace {
  readonly resourceGroupName: Asked;
  readonly name: Asked;
  /** The argument that names it, for a message. */
  readonly input: string;
  readonly location: Asked;
}

/**
 * The ID of a resource, which fails where the arguments have it elsewhere or under another name: in a preview too, as soon as
 * the resource is there.
 */
export const keptInPlace = (
  problems: Problems,
  resource: { readonly id: pulumi.Output<string>; readonly location: pulumi.Output<string | undefined> },
  asked: AskedPlace,
): pulumi.Output<string> =>
  pulumi
    // A preview may not know the region of what the arguments give none.
    .all([resource.id, asked.location === undefined ? undefined : resource.location, asked])
    .apply(([id, region, { resourceGroupName, name, input, location }]) => {
      const place = placeOf(id);
      refuseMove(problems, "location", region, location);
      refuseMove(problems, "resourceGroupName", place.resourceGroupName, resourceGroupName);
      refuseMove(problems, input, place.name, name);
      return id;
    });

function refuseMove(problems: Problems, input: string, present: string | undefined, asked: string | undefined): void {
  const refusal = present === undefined || asked === undefined ? undefined : stays(present)(asked);
  if (refusal) throw problems.late(input, asked, refusal);
}

/** Judges what is asked for by what is there, in any letter case. */
const stays =
  (present: string): Check =>
  (asked) =>
    plain(asked) === plain(present)
      ? undefined
      : {
          needed: `${present}, where it is: it would be made anew, and what is in it would be lost`,
          fix: `Write ${present}; a new one takes a component of its own, beside this one.`,
        };

/** Azure writes one region as "West Europe" and as "westeurope". */
const plain = (text: string): string => text.replaceAll(" ", "").toLowerCase();
