import { HttpApi, type Api, type HttpApiOptions } from "../azure/api";
import type { Deployer } from "../azure/deployer";
import type { Finding } from "../checks/finding";
import { signIn, type Examination } from "../examine";
import type { Recording } from "../program/recording";
import { orphanedApplications } from "./applications";
import { orphanedCredentials } from "./credentials";
import { unknownGrants } from "./grants";
import { orphanedRoleAssignments } from "./roleAssignments";
import type { StackState } from "./stackState";

/** Signs in as the deployer, and looks for what the stack has left in Azure that its state does not name. Changes nothing. */
export function findOrphans(
  deployer: Deployer,
  options: HttpApiOptions,
  recording: Recording,
  state: StackState,
): Promise<Examination> {
  return findOrphansThrough(new HttpApi(deployer.credential, options), recording, state);
}

export async function findOrphansThrough(api: Api, recording: Recording, state: StackState): Promise<Examination> {
  const signedIn = await signIn(api, recording.place.tenantId);
  if ("failed" in signedIn) return { deployer: undefined, findings: signedIn.failed };
  const { appid: clientId, oid: objectId, tid: tenantId } = signedIn.directory;
  const declared = recording.resources
    .filter(({ row, read }) => row.type === "azuread:index/application:Application" && !read)
    .flatMap(({ inputs: { displayName } }) => (typeof displayName === "string" ? [displayName] : []));
  const found = await Promise.all([
    orphanedApplications(api, state, declared),
    orphanedCredentials(api, state),
    unknownGrants(api, state),
    orphanedRoleAssignments(api, state),
  ]);
  const orphans = found.flat();
  const none: Finding = { check: "orphan", subject: "everything", result: "passed", detail: "the state names it" };
  return {
    deployer: { clientId, objectId, tenantId },
    findings: [...signedIn.findings, ...(orphans.length === 0 ? [none] : orphans)],
  };
}
