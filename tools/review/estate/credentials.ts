import {
  application,
  applicationCertificate,
  applicationPassword,
  servicePrincipalCertificate,
  servicePrincipalPassword,
} from "../../../policy/rule/resourceTypes";
import type { Estate } from "./estate";
import type { Parties, Party } from "./parties";
import { isOf, type Resource } from "./resource";

/** A secret or a certificate that something signs in with. */
export interface Credential {
  readonly resource: Resource;
  readonly of: Party;
  readonly kind: "secret" | "certificate";
  /** When it ends, in milliseconds since 1970; undefined where no absolute date says it. */
  readonly ends: number | undefined;
  /** When it was made; undefined until it is. */
  readonly starts: number | undefined;
}

export function credentialsIn({ resources }: Estate, parties: Parties): Credential[] {
  const passwords = [applicationPassword, servicePrincipalPassword];
  const certificates = [applicationCertificate, servicePrincipalCertificate];
  return resources
    .filter((each) => isOf(each, ...passwords, ...certificates))
    .map((resource) => ({
      resource,
      of: parties.named(
        resource,
        isOf(resource, servicePrincipalPassword, servicePrincipalCertificate) ? "servicePrincipalId" : "applicationId",
        "application",
      ),
      kind: isOf(resource, ...passwords) ? "secret" : "certificate",
      ends: instant(resource.inputs.text("endDate") ?? resource.outputs.text("endDate")),
      starts: instant(resource.inputs.text("startDate") ?? resource.outputs.text("startDate")),
    }));
}

/** Applications that the stack declares, by the key of their party. */
export const declaredApplications = ({ resources }: Estate, parties: Parties): ReadonlySet<string> =>
  new Set(resources.filter((each) => isOf(each, application)).map((each) => parties.canonical(each).key));

function instant(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
