import { applicationFederation, flexibleFederation, identityFederation } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties, Party } from "../estate/parties";
import { isOf, type Resource } from "../estate/resource";
import type { Grant } from "./grant";

/** Who may sign in as an application or a managed identity with a token of another issuer. */
export function federationGrants({ resources }: Estate, parties: Parties): Grant[] {
  return resources
    .filter((each) => isOf(each, applicationFederation, flexibleFederation, identityFederation))
    .map((each) => {
      const subject = each.inputs.text("subject") ?? each.inputs.text("claimsMatchingExpression");
      const matchesMany = isOf(each, flexibleFederation) || /[*?]/.test(subject ?? "");
      return {
        kind: "federated-subject",
        holder: holderOf(each, subject),
        to: identityOf(each, parties),
        what: "sign in",
        by: each,
        ...(matchesMany && { weight: "privileged" as const }),
      };
    });
}

function holderOf(credential: Resource, subject = "a subject that is known after the update"): Party {
  const issuer = credential.inputs.text("issuer") ?? "an issuer that is known after the update";
  const audiences = credential.inputs.texts("audiences").map((each) => each ?? "one that is known after the update");
  const name = `${subject} of ${issuer}${audiences.length > 0 ? ` for ${audiences.join(", ")}` : ""}`;
  return { key: name, name, kind: "federated subject" };
}

/** A managed identity's credential tells its identity by name, an application's by the ID of the object. */
function identityOf(credential: Resource, parties: Parties): Party {
  if (!isOf(credential, identityFederation)) return parties.named(credential, "applicationId", "application");
  const name = credential.inputs.text("resourceName");
  return name === undefined
    ? parties.named(credential, "resourceName", "managed identity")
    : parties.withId(name, "managed identity");
}
