import type { ApplicationReport } from "./application";

/** A report for people, a line a thing. */
export function reportLines(report: ApplicationReport, managedIsLeftOut: boolean): string[] {
  const { servicePrincipal: principal } = report;
  const until = (endsOn: string | null): string => (endsOn === null ? "without an end" : `ends ${endsOn.slice(0, 10)}`);
  return [
    `${report.displayName} (client ID ${report.clientId}, object ID ${report.objectId})`,
    principal
      ? `service principal ${principal.objectId}${principal.enabled ? "" : ", switched off"}`
      : `no service principal; make it with: az ad sp create --id ${report.clientId}`,
    managedIsLeftOut ? "What the stack does not manage:" : "What is there:",
    ...section(
      "client secrets",
      report.passwords.map(({ id, displayName, endsOn }) => `${displayName ?? "unnamed"}, ${until(endsOn)}, key ${id}`),
    ),
    ...section(
      "certificates",
      report.certificates.map(
        ({ id, displayName, endsOn }) => `${displayName ?? "unnamed"}, ${until(endsOn)}, key ${id}`,
      ),
    ),
    ...section(
      "federated credentials",
      report.federatedCredentials.map(({ name, issuer, subject }) => `${name}: ${subject} of ${issuer}`),
    ),
    ...section(
      "API permissions asked for",
      report.permissionsAsked.map(({ api, permission, kind }) => `${permission} of ${api}, ${kind}`),
    ),
    ...section(
      "API permissions granted",
      report.permissionsGranted.map(({ api, permission, kind }) => `${permission} of ${api}, ${kind}`),
    ),
    ...section("redirect addresses", report.redirectUris),
    ...section(
      "owners of the application",
      report.owners.map(({ displayName, objectId }) => `${displayName} (${objectId})`),
    ),
    ...section(
      "owners of the service principal",
      report.servicePrincipalOwners.map(({ displayName, objectId }) => `${displayName} (${objectId})`),
    ),
    ...section(
      "Azure roles",
      report.roleAssignments.map(({ role, scope }) => `${role} on ${scope}`),
    ),
    ...report.unread.map((reason) => `not read: ${reason}`),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [`  ${title}: none`] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
