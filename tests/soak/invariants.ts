import { readFileSync } from "node:fs";
import { readStackState } from "../../local/stack/stateFile";
import type { DaemonSettings } from "./configuration";
import { consumer, type Tenant } from "./tenant";

const roleIds: Readonly<Record<DaemonSettings["role"], string>> = {
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
};
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const permissionIds: Readonly<Record<string, string>> = {
  "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
  "Group.Read.All": "5b567255-7703-4780-807c-7be8301ae99b",
};

/** What is wrong with Azure and the engine's state after a run that went well, one line each. */
export function problemsOf(tenant: Tenant, stateFile: string, daemons: readonly DaemonSettings[]): string[] {
  return [
    ...unreadable(stateFile),
    ...tooManySecrets(tenant),
    ...orphans(tenant, stateFile),
    ...access(tenant, daemons),
  ];
}

function unreadable(stateFile: string): string[] {
  const { pending } = readStackState(stateFile);
  return pending.map(({ operation, urn }) => `the state has a pending operation: ${operation} ${urn}`);
}

const tooManySecrets = ({ applications }: Tenant): string[] =>
  applications
    .filter(({ passwordCredentials }) => passwordCredentials.length > 2)
    .map(({ displayName, passwordCredentials }) => `${displayName} has ${passwordCredentials.length} secrets`);

/** Everything that the stack could have made has to be named in its state. */
function orphans({ applications, assignments, resources }: Tenant, stateFile: string): string[] {
  const state = readFileSync(stateFile, "utf8").toLowerCase();
  const made = [
    ...applications.flatMap(({ id, displayName, passwordCredentials, principalIds, grants }) => [
      [`application ${displayName}`, id] as const,
      ...passwordCredentials.map((each) => [`secret "${each.displayName}" of ${displayName}`, each.keyId] as const),
      ...principalIds.map((principal) => [`service principal of ${displayName}`, principal] as const),
      ...grants.map((grant) => [`Graph permission of ${displayName}`, grant.id] as const),
    ]),
    ...assignments.map(({ id }) => ["role assignment", id] as const),
    ...resources.map((id) => ["resource", id] as const),
  ];
  return made.filter(([, id]) => !state.includes(id.toLowerCase())).map(([what, id]) => `orphan: ${what}, ${id}`);
}

function access({ applications, assignments }: Tenant, daemons: readonly DaemonSettings[]): string[] {
  const nameOf = new Map(
    applications.flatMap(({ displayName, principalIds }) => principalIds.map((id) => [id, displayName])),
  );
  const found = [
    ...assignments.map(
      ({ principalId, scope, role }) =>
        `${principalId === consumer ? "consumer" : (nameOf.get(principalId) ?? principalId)} ${role} at ${scope.split("/").slice(-2).join("/")}`,
    ),
    ...applications.flatMap(({ displayName, grants }) =>
      grants.map(({ appRoleId }) => `${displayName} may ${appRoleId}`),
    ),
  ].sort();
  const wanted = daemons
    .flatMap(({ name, role, permissions }) => [
      `${name} ${roleIds[role]} at containers/${name}`,
      `consumer ${secretsUser} at secrets/${name}-credential`,
      ...permissions.map((permission) => `${name} may ${permissionIds[permission] ?? permission}`),
    ])
    .sort();
  return [
    ...found.filter((each) => !wanted.includes(each)).map((each) => `beyond the configuration: ${each}`),
    ...wanted.filter((each) => !found.includes(each)).map((each) => `missing: ${each}`),
    ...applications
      .filter(({ displayName }) => !daemons.some(({ name }) => name === displayName))
      .map(({ displayName }) => `an application of no daemon: ${displayName}`),
  ];
}
