import { computeIdentity } from "./computeIdentity";
import { computeScale } from "./computeScale";
import { computeSignIn } from "./computeSignIn";
import { workspaceDatastores } from "./datastores";
import { workspaceEncryption } from "./encryption";
import { workspaceIdentity } from "./identity";
import { workspaceLegacyMode } from "./legacyMode";
import { workspaceLog } from "./log";
import { workspaceManagedNetwork } from "./managedNetwork";
import { workspacePublicAccess } from "./publicAccess";

export const machineLearningRules = [
  workspacePublicAccess,
  workspaceManagedNetwork,
  workspaceIdentity,
  workspaceDatastores,
  workspaceEncryption,
  workspaceLegacyMode,
  workspaceLog,
  computeSignIn,
  computeIdentity,
  computeScale,
];
