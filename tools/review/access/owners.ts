import { application, servicePrincipal } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties, Party } from "../estate/parties";
import { isOf } from "../estate/resource";
import type { Grant } from "./grant";

/** Owners of applications and of their service principals: each can add a credential, and so be the daemon. */
export function ownerGrants({ resources }: Estate, parties: Parties): Grant[] {
  return resources
    .filter((each) => isOf(each, application, servicePrincipal))
    .flatMap((each) => {
      const to = parties.canonical(each);
      return each.inputs.texts("owners").map((id) => ({
        kind: "owner" as const,
        holder: id === undefined ? laterOwner(to) : parties.withId(id, "owner"),
        to,
        what: "owner",
        by: each,
      }));
    });
}

const laterOwner = (of: Party): Party => ({
  key: `pending ${of.key}`,
  name: "an owner who is known after the update",
  kind: "owner",
});
