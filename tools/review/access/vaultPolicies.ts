import { vault, vaultAccessPolicy } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties } from "../estate/parties";
import { placeOf } from "../estate/places";
import type { Properties } from "../estate/properties";
import { isOf, type Resource } from "../estate/resource";
import type { Grant } from "./grant";

/** Access policies of vaults that don't take their rights from roles. */
export function vaultPolicyGrants({ resources }: Estate, parties: Parties): Grant[] {
  return resources
    .filter((each) => isOf(each, vault, vaultAccessPolicy))
    .flatMap((each) =>
      [...each.inputs.items("properties.accessPolicies"), ...each.inputs.items("policy")].flatMap((policy) =>
        grantsOf(policy, each, parties),
      ),
    );
}

function grantsOf(policy: Properties, declaredBy: Resource, parties: Parties): Grant[] {
  const id = policy.text("objectId");
  const holder =
    id === undefined
      ? { key: `pending ${declaredBy.urn}`, name: "a principal who is known after the update", kind: "principal" }
      : parties.withId(id);
  const to = isOf(declaredBy, vault)
    ? placeOf(declaredBy)
    : { key: declaredBy.urn, name: declaredBy.inputs.text("vaultName") ?? declaredBy.name, kind: "vault" };
  return ["secrets", "keys", "certificates"].flatMap((kind) =>
    policy.texts(`permissions.${kind}`).map((permission = "something known after the update") => ({
      kind: "secret-reader" as const,
      holder,
      by: declaredBy,
      to,
      what: `${permission.toLowerCase()} ${kind} (access policy)`,
      ...(/^(all|purge)$/i.test(permission) && { weight: "privileged" as const }),
    })),
  );
}
