import { z } from "zod";
import type { ApplicationReport } from "./application";

const resources = z.array(z.object({ id: z.string().optional(), custom: z.boolean().optional() }));
/** A stack that was never deployed has no resources. */
const deployed = z.object({ resources: resources.nullish() });
/** What `pulumi stack export` prints, or a state file of a self-managed backend. */
const state = z.union([
  z.object({ deployment: deployed.nullable() }).transform(({ deployment }) => deployment?.resources ?? []),
  z
    .object({ checkpoint: z.object({ latest: deployed.nullish() }) })
    .transform(({ checkpoint }) => checkpoint.latest?.resources ?? []),
]);

/** Azure's IDs of everything that a stack manages, in lowercase letters. */
export function managedIds(exported: unknown): ReadonlySet<string> {
  const found = state.parse(exported);
  return new Set(found.flatMap(({ id, custom }) => (custom === true && id !== undefined ? [id.toLowerCase()] : [])));
}

/** A report without what a stack manages. */
export function withoutManaged(report: ApplicationReport, managed: ReadonlySet<string>): ApplicationReport {
  const ids = [...managed];
  // A stack knows a credential as <application>/password/<key ID>, and a grant by its path.
  const unmanaged = ({ id }: { readonly id: string }): boolean =>
    !ids.some((each) => each === id.toLowerCase() || each.endsWith(`/${id.toLowerCase()}`));
  const { objectId, servicePrincipal } = report;
  const ofStack = ids.includes(`/applications/${objectId.toLowerCase()}`);
  const principalOfStack =
    servicePrincipal && ids.includes(`/serviceprincipals/${servicePrincipal.objectId.toLowerCase()}`);
  return {
    ...report,
    ...(ofStack && { permissionsAsked: [], redirectUris: [], owners: [] }),
    ...(principalOfStack && { servicePrincipalOwners: [] }),
    passwords: report.passwords.filter(unmanaged),
    certificates: report.certificates.filter(unmanaged),
    federatedCredentials: report.federatedCredentials.filter(unmanaged),
    permissionsGranted: report.permissionsGranted.filter(unmanaged),
    roleAssignments: report.roleAssignments.filter(unmanaged),
  };
}
