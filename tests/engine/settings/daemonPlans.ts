import { identities } from "../../../local/azure/landingZone/layout";
import { people } from "../../../local/azure/landingZone/people";
import { type Expected, one, role } from "./expected";

const [, tomasz = { objectId: "" }, amina = { objectId: "" }] = people;
const { consumer, deployer, stranger } = identities;

const loaders = (op: string): string[] =>
  ["credential", "azure-identity-env"].map((each) => `${op} Secret loader-${each}`);
const password: Expected = {
  plan: ["replace ApplicationPassword loader-generation-0", ...loaders("update")],
  found: ["application Loader passwordCredentials.0.endDateTime"],
};
const linked = (kind: string, step = "create"): string => `${step} RoleAssignment mailer-machine-learning-${kind}`;
const ownReader = (objectId: string): string => `RoleAssignment loader-azure-identity-env-reader-${objectId}`;

/** Of one daemon. */
export const daemonPlans: Readonly<Record<string, Expected>> = {
  "daemons[].name": {
    stays: "the vault keeps a deleted secret, which has to be recovered first",
    alone: "name",
    plan: [
      ...["Application", "ServicePrincipal", "ApplicationPassword", "Secret"].flatMap((type) => {
        const suffix = { Application: "application", ServicePrincipal: "service-principal", Secret: "credential" };
        const end = Reflect.get(suffix, type) as string | undefined;
        return [`create ${type} called-${end ?? "generation-0"}`, `delete ${type} caller-${end ?? "generation-0"}`];
      }),
      "create RoleAssignment called-machine-learning-role",
      "delete RoleAssignment caller-machine-learning-role",
      `create RoleAssignment called-credential-reader-${consumer.objectId}`,
      `delete RoleAssignment caller-credential-reader-${consumer.objectId}`,
    ],
    found: ["application called displayName = called", "secret called-credential tags.daemon = called"],
  },
  "daemons[].formerName": { plan: [] },
  // A rename that keeps it is in tests/engine/estateMove.
  "daemons[].nameInVault": { unsupported: /needed a name that no other daemon has in the vault/ },
  "daemons[].displayName": {
    ...one("update Application loader-application", "application Loading displayName"),
    alone: "displayName",
  },
  "daemons[].notes": {
    ...one("update Application loader-application", "application Loader notes = Forecasts"),
    alone: "notes",
  },
  "daemons[].existing.clientId": {
    plan: ["replace ApplicationPassword taken-generation-0", "update Secret taken-credential"],
    found: ["application another passwordCredentials.0.displayName = taken, generation 0"],
  },
  "daemons[].owners[]": {
    plan: ["update Application loader-application", "update ServicePrincipal loader-service-principal"],
    found: [`application Loader owner.${tomasz.objectId} = yes`],
  },
  "daemons[].deployerIsOwner": {
    plan: ["update Application loader-application", "update ServicePrincipal loader-service-principal"],
  },
  "daemons[].secret.endDate": {
    plan: ["replace ApplicationPassword mailer-generation-0", "update Secret mailer-credential"],
    found: ["application mailer passwordCredentials.0.endDateTime = 2027-06-01T00:00:00Z"],
  },
  "daemons[].secret.rotation.startsAt": password,
  "daemons[].secret.rotation.everyDays": password,
  "daemons[].secret.rotation.overlapDays": password,
  "daemons[].secret.rotation.stageDays": {
    plan: ["create ApplicationPassword loader-generation-1"],
    found: ["application Loader passwordCredentials.1.displayName = loader, generation 1"],
  },
  "daemons[].secret.rotateNow": {
    plan: [
      "create ApplicationPassword loader-generation-0-20260301T080000Z",
      "delete ApplicationPassword loader-generation-0",
      ...loaders("update"),
    ],
    found: ["reissued 2026-03-01T08:00:00Z"],
  },
  "daemons[].graph.permissions[]": {
    plan: [
      "create AppRoleAssignment loader-graph-Group.Read.All",
      "delete AppRoleAssignment loader-graph-User.Read.All",
      "update Application loader-application",
      "update Secret loader-credential",
    ],
    found: ["grant to Loader appRoleId = 5b567255"],
  },
  "daemons[].graph.consent": {
    plan: ["delete AppRoleAssignment loader-graph-User.Read.All", "update Secret loader-credential"],
  },
  "daemons[].lake.fileSystem": {
    plan: [
      "create BlobContainer stdaemons-archive",
      "delete BlobContainer stdaemons-reports",
      "replace RoleAssignment mailer-lake-role",
      "update Secret mailer-credential",
    ],
    found: ["file system archive at = stdaemons", "role of mailer at containers/archive"],
  },
  "daemons[].lake.role": {
    plan: ["replace RoleAssignment loader-lake-role", "update Secret loader-credential"],
    found: ["role of Loader at containers/forecasts = ba92f5b4"],
  },
  "daemons[].lake.allowPrivilegedRole": {
    plan: ["replace RoleAssignment loader-lake-role", "update Secret loader-credential"],
    found: ["role of Loader at containers/forecasts = b7e6dc6d"],
  },
  "daemons[].machineLearning.role": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-forecast = e503ece1"],
  },
  "daemons[].machineLearning.allowPrivilegedRole": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-forecast = b24988ac"],
  },
  "daemons[].machineLearning.workspaceId": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-second = f6c7c914"],
  },
  "daemons[].machineLearning.job": {
    plan: [
      "create RoleDefinition deploy-rg-machine-learning-8e1b0a4c-role",
      "delete RoleDefinition train-rg-machine-learning-8e1b0a4c-role",
      "replace RoleAssignment mailer-machine-learning-role",
      "update Secret mailer-credential",
    ],
    found: ["role name = Daemon: deploy in rg-machine-learning"],
  },
  "daemons[].machineLearning.endpoint": {
    plan: ["replace RoleAssignment caller-machine-learning-role", "update Secret caller-credential"],
    found: ["role of caller at onlineEndpoints/planning"],
  },
  "daemons[].machineLearning.linkedResources.storageAccountId": {
    plan: [linked("storageAccount", "replace")],
    found: ["role of mailer at storageAccounts/stplatform"],
  },
  "daemons[].machineLearning.linkedResources.containerRegistryId": one(
    linked("containerRegistry"),
    "role of mailer at registries/crmlwforecast",
  ),
  "daemons[].machineLearning.linkedResources.vaultId": one(linked("vault"), "role of mailer at vaults/kv-mlw-forecast"),
  "daemons[].machineLearning.linkedResources.lookUp[]": {
    plan: [linked("vault"), linked("storageAccount", "delete")],
    found: ["role of mailer at vaults/kv-mlw-forecast"],
  },
  "daemons[].machineLearning.linkedResources.job": {
    ...role("mailer-machine-learning-storageAccount", "role of mailer at storageAccounts/stmlwforecast = 2a2b9908"),
    alone: "job",
  },
  "daemons[].dataLakeGen1.storeName": {
    plan: ["create Secret caller-datalake-gen1"],
    found: ["secret caller-datalake-gen1 tags.daemon = caller"],
  },
  "daemons[].dataLakeGen1.path": { plan: [] },
  "daemons[].dataLakeGen1.permissions": { plan: [] },
  "daemons[].dataLakeGen1.accountRole": role(
    "dldaemons-mailer-account-role",
    "role of mailer at accounts/contosodatalake = 2a2b9908",
  ),
  "daemons[].dataLakeGen1.allowPrivilegedRole": role(
    "dldaemons-mailer-account-role",
    "role of mailer at accounts/contosodatalake = b24988ac",
  ),
  "daemons[].formats[]": {
    stays: "the vault keeps a deleted secret, which has to be recovered first",
    alone: "formats",
    plan: [
      "create Secret loader-msal-parameters",
      "delete Secret loader-azure-identity-env",
      `delete ${ownReader(stranger.objectId)}`,
    ],
    found: ["secret loader-msal-parameters tags.format = msal-parameters"],
  },
  "daemons[].readers[].objectId": {
    plan: [`create ${ownReader(deployer.objectId)}`, `delete ${ownReader(stranger.objectId)}`],
    found: [`role of ${deployer.objectId} at secrets/loader-azure-identity-env`],
  },
  "daemons[].readers[].principalType": {
    plan: [`create ${ownReader(amina.objectId)}`, `delete ${ownReader(stranger.objectId)}`],
    found: ["(User)"],
  },
  "daemons[].readers[].formats[]": {
    plan: [
      `create RoleAssignment loader-credential-reader-${stranger.objectId}`,
      `delete ${ownReader(stranger.objectId)}`,
    ],
    found: [`role of ${stranger.objectId} at secrets/loader-credential`],
  },
  "daemons[].managedIdentity.name": {
    plan: [
      "replace UserAssignedIdentity machine-identity",
      ...["branch", "cluster", "connection", "custom", "identity", "numbered", "pulls", "stage", "tag"].map(
        (name) => `replace FederatedIdentityCredential machine-federated-${name}`,
      ),
      "update Secret machine-credential",
    ],
    found: ["identity id-other is = there", "trust id-other/branch"],
  },
};
