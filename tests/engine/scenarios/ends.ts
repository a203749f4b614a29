import { resourceGroupId, resourceGroups } from "../../../local/azure/landingZone/layout";
import { issueCertificate } from "../../support/certificates";
import type { HostedStack } from "../support/hostedStack";

/** What a command starts from. */
export const starts = {
  empty: () => Promise.resolve(),
  deployed: (stack) => stack.succeed("up"),
  /** The dev stack with a daemon more than its settings have. */
  withThird: (stack) => stack.succeed("up", ...third),
  withCertificate,
} as const satisfies Record<string, (stack: HostedStack) => Promise<unknown>>;

/** The dev stack with a daemon more, which signs in with a certificate that its vault has. */
async function withCertificate(stack: HostedStack): Promise<void> {
  const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
  const { pem, privateKeyPem } = await issueCertificate({ notBefore: inDays(-1), notAfter: inDays(90) });
  const vault = "kv-daemons-certified";
  const certificate = "daemons[2].certificate.certificates[0]";
  const settings = [
    `vault.name=${vault}`,
    "daemons[2].name=certified",
    `${certificate}.name=first`,
    `${certificate}.pem=${pem}`,
    `${certificate}.secretUri=https://${vault}.vault.azure.net/secrets/certified`,
  ];
  await stack.succeed("up", ...settings.flatMap((setting) => ["--config", setting]));
  const secret = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.KeyVault/vaults/${vault}/secrets/certified`;
  const properties = { value: `${privateKeyPem}\n${pem}`, contentType: "application/x-pem-file" };
  await stack.administrator.arm("PUT", secret, "2023-07-01", { properties });
}

const third = ["daemons[2].name=third", "daemons[2].secret.rotation.startsAt=2026-01-01T00:00:00Z"].flatMap(
  (setting) => ["--config", setting],
);

/** How a command ends while a scenario is in force. */
export interface ScenarioEnd {
  readonly start: keyof typeof starts;
  /** "patient verify" waits for what is not everywhere yet; the others are commands of local Azure. */
  readonly command: "up" | "verify" | "patient verify" | "destroy";
  /**
   * "green": it has absorbed the faults. "stops": it fails with these words, and the same command is green when the scenario
   * is over. "either": lots decide which.
   */
  readonly end: "green" | "either" | { readonly stops: RegExp };
  /** Versions of secrets that are left beside those of an undisturbed run. @default 0 */
  readonly extraVersions?: number;
  /** Why no request of this project meets the scenario. @default one does */
  readonly unmet?: string;
}

const green = (command: ScenarioEnd["command"] = "up", start: ScenarioEnd["start"] = "empty"): ScenarioEnd => ({
  start,
  command,
  end: "green",
});
const stops = (
  words: RegExp,
  command: ScenarioEnd["command"] = "up",
  start: ScenarioEnd["start"] = "empty",
): ScenarioEnd => ({ start, command, end: { stops: words } });
const either: ScenarioEnd = { start: "empty", command: "up", end: "either" };

/** Every scenario that comes with local Azure, by name. */
export const scenarioEnds: Readonly<Record<string, ScenarioEnd>> = {
  "arm-503": either,
  "arm-locked": stops(/Code="ScopeLocked"/, "destroy", "deployed"),
  "arm-policy-denied": stops(/Code="RequestDisallowedByPolicy"/),
  "arm-principal-not-found": { ...green(), unmet: "the components always send principalType" },
  "arm-role-assignment-throttled": green(),
  // The provider repeats the write, and each write makes a version.
  "arm-secret-lost-answer": { ...green(), extraVersions: 1 },
  "arm-secret-soft-deleted": stops(/deleted but recoverable state/),
  "arm-storage-lost-answer": stops(/StorageAccount/),
  "arm-storage-name-taken": stops(/Code="StorageAccountAlreadyTaken"/),
  "arm-storage-slow": green(),
  "arm-throttled": green(),
  "arm-vault-conflict": stops(/Status=409/),
  "arm-vault-registering": green(),
  "arm-vault-soft-deleted": stops(/already exists in deleted state/),
  "flaky-network": either,
  "graph-add-password-conflict": stops(/Directory_ConcurrencyViolation/),
  "graph-add-password-unavailable": green(),
  "graph-application-not-found": stops(/expected non-empty ID for new state|Request_ResourceNotFound/),
  "graph-directory-full": stops(/Directory_QuotaExceeded/),
  "graph-grant-denied": stops(/Authorization_RequestDenied/),
  "graph-grant-exists": stops(/Permission being assigned already exists/),
  "graph-grant-invalid-reference": green(),
  "graph-password-flapping": green(),
  "graph-password-forbidden": stops(/CredentialInvalidLifetimeAsPerAppPolicy/),
  "graph-rename-not-found": green(),
  "graph-throttled": green(),
  "graph-too-many-requests": green(),
  "lake-busy": green("verify", "deployed"),
  "lost-answers": either,
  // tests/engine/faultMatrix meets it, with a program that makes one.
  "machine-learning-soft-deleted": { ...green(), unmet: "the dev stack makes no workspace" },
  "sign-in-application-lag": green("patient verify", "deployed"),
  "sign-in-clock-skew": stops(/AADSTS700024[^]*Set the clock/, "verify", "withCertificate"),
  "sign-in-deployer-refused": stops(/AADSTS7000215/),
  "sign-in-secret-expired": stops(/AADSTS7000222/, "verify", "deployed"),
  "sign-in-secret-lag": green("patient verify", "deployed"),
  "sign-in-throttled": green(),
  "vault-delete-forbidden": stops(/ForbiddenByRbac/, "up", "withThird"),
  // The vault answers that the secret is gone, and keeps it.
  "vault-delete-not-found": { ...green("up", "withThird"), extraVersions: 1 },
  "vault-rbac-lag": green("patient verify", "deployed"),
  "vault-throttled": green("patient verify", "deployed"),
};
