import type { Problems } from "../checks/argumentError";
import { daemonName } from "../checks/names";
import type { DaemonAccessArgs, DaemonIdentityArgs } from "./daemonAccessArgs";
import { checkFileSystemRole } from "../data/fileSystemRole";
import { identityArgs, secretDates } from "./declareDaemon";
import { checkTrusts } from "../federation/trustChecks";
import { checkGraphPermissions, checkNoRequest } from "../graph/graphGrant";
import { checkCertificates } from "../identity/clientCertificate";
import { checkSecretDates } from "../identity/clientSecret";
import { checkApplication } from "../identity/daemonApplication";
import { BESIDE_MANAGED_IDENTITY, checkManagedIdentity } from "../identity/daemonManagedIdentity";
import { checkWorkspaceRole } from "../ml/machineLearningAccess";
import { checkWaivers } from "../policies/waivers";
import { checkExportChoices, checkPrivateKeys } from "../vault/exportChecks";

/** Judges all arguments of a DaemonAccess. */
export function checkDaemonAccess(problems: Problems, name: string, args: DaemonAccessArgs): void {
  problems.check("name", name, daemonName);
  problems.checkOptional("nameInVault", args.nameInVault, daemonName);
  if (args.managedIdentity) checkIdentity(problems, args, args.managedIdentity);
  else checkApplication(problems, identityArgs(name, args));
  if (args.federated) checkTrusts(problems, "federated", args.federated);
  const secret = secretDates(args);
  if (secret) checkSecretDates(problems, "secret.", secret);
  if (args.certificate) {
    const { certificates } = args.certificate;
    checkCertificates(problems, "certificate.", certificates, args.asOf);
    checkPrivateKeys(problems, (index) => `certificate.certificates[${index}].secretUri`, certificates, args.vault);
  }
  if (args.graph) checkGraphPermissions(problems, "graph.", args.graph);
  if (args.lake) checkFileSystemRole(problems, "lake.", args.lake);
  if (args.machineLearning) checkWorkspaceRole(problems, "machineLearning.", args.machineLearning);
  checkExportChoices(problems, args);
  checkWaivers(problems, args.waivers);
}

function checkIdentity(problems: Problems, args: DaemonAccessArgs, managedIdentity: DaemonIdentityArgs): void {
  const { displayName, existing, owners, deployerIsOwner, notes } = args;
  for (const [input, given] of Object.entries({ displayName, existing, owners, deployerIsOwner, notes })) {
    if (given !== undefined) problems.refuse(input, given, BESIDE_MANAGED_IDENTITY);
  }
  checkManagedIdentity(problems, "managedIdentity.", managedIdentity);
  if (managedIdentity.federated) checkTrusts(problems, "managedIdentity.federated", managedIdentity.federated);
  if (args.graph) checkNoRequest(problems, "graph.", args.graph);
}
