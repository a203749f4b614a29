import { HttpApi, type Api, type Claims } from "./azure/api";
import type { Deployer } from "./azure/deployer";
import { failureOf } from "./azure/failure";
import { Providers } from "./azure/providers";
import { checkApplications } from "./checks/applications";
import { checkAzureActions } from "./checks/azureActions";
import { checkConditions } from "./checks/conditions";
import { checkDeletedSecrets } from "./checks/deletedSecrets";
import type { Finding } from "./checks/finding";
import { checkDeployerLimits } from "./checks/deployerLimits";
import { checkGraphPermissions } from "./checks/graphPermissions";
import { checkNames } from "./checks/names";
import { checkOwnerships } from "./checks/ownerships";
import type { Patient } from "./checks/patient";
import { checkQuotas } from "./checks/quotas";
import { checkRegistrations } from "./checks/registrations";
import { checkStanding } from "./checks/standing";
import type { Recording } from "./program/recording";
import type { RightsList } from "./rights/rightsList";

/** Who was looked at, and what was found. */
export interface Examination {
  /** Undefined where the deployer could not sign in. */
  readonly deployer: { readonly clientId: string; readonly objectId: string; readonly tenantId: string } | undefined;
  readonly findings: readonly Finding[];
}

export interface ExaminationOptions {
  readonly recording: Recording;
  readonly rights: RightsList;
  readonly progress: (line: string) => void;
}

/** Signs in as the deployer, and looks at everything. */
export function examine(deployer: Deployer, callSeconds: number, options: ExaminationOptions): Promise<Examination> {
  options.progress(`Signing in with ${deployer.source}.`);
  return examineThrough(new HttpApi(deployer.credential, { callSeconds, progress: options.progress }), options);
}

/** Looks at everything at once, changes nothing, and gives what was found in the order of the report. */
export async function examineThrough(api: Api, options: ExaminationOptions): Promise<Examination> {
  const { recording, rights, progress } = options;
  const signedIn = await signIn(api, recording.place.tenantId);
  if ("failed" in signedIn) return { deployer: undefined, findings: signedIn.failed };
  const { azure, directory, findings } = signedIn;
  progress(`Asking Entra ID and Azure as ${directory.appid}.`);
  const patient: Patient = { api, recording, rights, azure, directory };
  const checked = await Promise.all([
    Promise.resolve(checkGraphPermissions(patient)),
    Promise.resolve(unlistedRights(recording)),
    checkOwnerships(patient),
    checkAzureActions(patient),
    checkConditions(patient),
    checkStanding(patient),
    ...(rights.operations.includes("up") ? roomForNewThings(patient) : []),
  ]);
  return {
    deployer: { clientId: directory.appid, objectId: directory.oid, tenantId: directory.tid },
    findings: [...findings, ...checked.flat()],
  };
}

/** Types of resources, and functions, whose rights are not in the catalogue. */
const unlistedRights = ({ unlisted }: Recording): Finding[] =>
  unlisted.map((subject) => ({
    check: "unlisted",
    subject,
    result: "unknown",
    detail: "not known",
    remedy: `No rights are known for ${subject}. A preview shows whether the deployer may read, an update whether it may write.`,
  }));

/** What can stand in the way of making something: of no concern to who only reads or takes down. */
function roomForNewThings(patient: Patient): Promise<Finding[]>[] {
  const providers = new Providers(patient.api, patient.recording.place.subscriptionId);
  return [
    checkRegistrations(patient, providers),
    checkNames(patient),
    checkDeletedSecrets(patient),
    checkApplications(patient),
    checkQuotas(patient),
    checkDeployerLimits(patient),
  ];
}

/** Who the deployer is; or why it could not sign in. */
export type SignedIn =
  | { readonly azure: Claims; readonly directory: Claims; readonly findings: readonly Finding[] }
  | { readonly failed: readonly Finding[] };

export async function signIn(api: Api, tenantId: string): Promise<SignedIn> {
  try {
    const [azure, directory] = await Promise.all([api.claims("arm"), api.claims("graph")]);
    const finding = { check: "signIn", subject: tenantId } as const;
    if (directory.tid.toLowerCase() !== tenantId.toLowerCase()) {
      const remedy = "Correct ARM_TENANT_ID, or azure-native:tenantId and azuread:tenantId in the stack's settings.";
      const detail = `the token is of the tenant ${directory.tid}`;
      return { failed: [{ ...finding, result: "failed", detail, remedy }] };
    }
    return { azure, directory, findings: [{ ...finding, result: "passed", detail: `as ${directory.appid}` }] };
  } catch (error) {
    const reason = failureOf(error);
    const remedy = reason.message.includes("network_error")
      ? "Entra ID cannot be reached from here. Check HTTPS_PROXY; where a proxy opens TLS, name its CA file in NODE_EXTRA_CA_CERTS."
      : "Say who deploys: ARM_CLIENT_ID with ARM_CLIENT_SECRET, ARM_CLIENT_CERTIFICATE_PATH or ARM_USE_OIDC, or sign in with `az login`.";
    return {
      failed: [{ check: "signIn", subject: tenantId, result: "failed", reason, remedy }],
    };
  }
}
