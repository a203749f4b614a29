/** A fault that Azure is known for, and how a run with it has to end. */
export interface MatrixRow {
  readonly row: number;
  /** Where it meets the run. */
  readonly at: string;
  readonly fault: string;
  readonly times: string;
  /** "absorbed": the run ends green; "reported": it fails with the cause, and the next run goes on. */
  readonly end: "absorbed" | "reported" | "never happens";
  /** What the reader has to know of the end. */
  readonly note?: string;
  /** The test that walks it. */
  readonly test: string;
}

const here = "tests/engine/faultMatrix/faultMatrix.test.ts";
const faults = "tests/engine/faults.test.ts";

export const matrix: readonly MatrixRow[] = [
  {
    row: 1,
    at: "Graph: GET of an application after its POST",
    fault: "404",
    times: "1",
    end: "reported",
    note: "azuread retries only the PATCH of the name; if the last read does not find the application, it is missing from the state. The next run adds it.",
    test: here,
  },
  {
    row: 2,
    at: "Graph: PATCH of the new application's name",
    fault: "404, then 409",
    times: "2 + 1",
    end: "absorbed",
    test: here,
  },
  {
    row: 3,
    at: "Graph: GET of an application after addPassword",
    fault: "the password missing, then present, then missing",
    times: "5",
    end: "absorbed",
    note: "Five reads have to show it, not necessarily in a row; it fails after twenty-one in a row without it.",
    test: "tests/local/providers/retryRules.test.ts",
  },
  { row: 4, at: "Graph: any call", fault: "429, `Retry-After`", times: "2", end: "absorbed", test: here },
  {
    row: 5,
    at: "Graph: addPassword",
    fault: "409 `Directory_ConcurrencyViolation`",
    times: "1",
    end: "reported",
    test: here,
  },
  { row: 6, at: "Graph: addPassword", fault: "503 with the same text", times: "1", end: "absorbed", test: here },
  {
    row: 7,
    at: "Graph: appRoleAssignedTo",
    fault: "400 “Not a valid reference update”",
    times: "2",
    end: "absorbed",
    test: here,
  },
  { row: 8, at: "Graph: appRoleAssignedTo", fault: "403", times: "always", end: "reported", test: here },
  { row: 9, at: "Graph: appRoleAssignedTo", fault: "400, it already exists", times: "1", end: "reported", test: here },
  {
    row: 10,
    at: "Graph: addPassword",
    fault: "400, the tenant's policy",
    times: "always",
    end: "reported",
    test: here,
  },
  {
    row: 11,
    at: "ARM: PUT of a role assignment without principalType",
    fault: "400 `PrincipalNotFound`",
    times: "until ARM has the principal",
    end: "never happens",
    note: "The components always send principalType.",
    test: "tests/components/daemon/daemonAccess.test.ts",
  },
  { row: 12, at: "ARM: PUT of a role assignment", fault: "429, 503", times: "1 + 1", end: "absorbed", test: here },
  { row: 13, at: "ARM: PUT of a vault", fault: "409, soft-deleted", times: "always", end: "reported", test: faults },
  {
    row: 14,
    at: "ARM: PUT of a vault",
    fault: "201 `RegisteringDns`, then `Succeeded`",
    times: "always",
    end: "absorbed",
    note: "Local Azure always answers this way.",
    test: "tests/engine/scenarios/scenarios.test.ts",
  },
  {
    row: 15,
    at: "ARM: PUT of a storage account",
    fault: "202, 202 …, 200",
    times: "always",
    end: "absorbed",
    test: faults,
  },
  {
    row: 16,
    at: "ARM: PUT of a storage account",
    fault: "202, then 409, the name is taken",
    times: "1",
    end: "reported",
    test: here,
  },
  {
    row: 17,
    at: "ARM: PUT of a vault's secret",
    fault: "done, but no answer",
    times: "4",
    end: "reported",
    note: "azure-native retries a PUT: one lost answer is absorbed, four are not. The next run adds the secret to the state.",
    test: here,
  },
  {
    row: 18,
    at: "ARM: PUT of a vault's secret",
    fault: "409, deleted but recoverable",
    times: "always",
    end: "reported",
    test: faults,
  },
  {
    row: 19,
    at: "Key Vault: DELETE of a secret",
    fault: "403 `ForbiddenByRbac`",
    times: "1",
    end: "reported",
    test: here,
  },
  { row: 20, at: "Key Vault: DELETE of a secret", fault: "404", times: "1", end: "absorbed", test: here },
  {
    row: 21,
    at: "Key Vault: GET by verify",
    fault: "403 `ForbiddenByRbac`",
    times: "for a time",
    end: "absorbed",
    test: "tests/tools/verify/patience.test.ts",
  },
  {
    row: 22,
    at: "Entra ID: the deployer's sign-in",
    fault: "401 `AADSTS7000215`",
    times: "always",
    end: "reported",
    note: "Nothing was changed: the sign-in is the first request.",
    test: "tests/local/stack/anyFault.test.ts",
  },
  {
    row: 23,
    at: "Entra ID: the new daemon's sign-in by verify",
    fault: "401 `AADSTS7000215`",
    times: "3",
    end: "absorbed",
    test: "tests/tools/verify/patience.test.ts",
  },
  {
    row: 24,
    at: "Entra ID: the daemon's sign-in by verify",
    fault: "401 `AADSTS7000222`",
    times: "always",
    end: "reported",
    test: "tests/tools/verify/verify.test.ts",
  },
  {
    row: 25,
    at: "Entra ID: the deployer's sign-in",
    fault: "429, `Retry-After`",
    times: "1",
    end: "absorbed",
    test: here,
  },
  {
    row: 26,
    at: "ARM: PUT of a Machine Learning workspace",
    fault: "202, then `Failed`, soft-deleted",
    times: "1",
    end: "reported",
    note: "The stack creates no workspace; only the provider's part is tested.",
    test: "tests/local/providers/azureNative/longRunning.test.ts",
  },
  {
    row: 27,
    at: "ARM: PUT of a vault's secret",
    fault: "403 `RequestDisallowedByPolicy`",
    times: "always",
    end: "reported",
    test: here,
  },
  {
    row: 28,
    at: "ARM: DELETE of a storage account",
    fault: "409 `ScopeLocked`",
    times: "1",
    end: "reported",
    test: here,
  },
  {
    row: 29,
    at: "anywhere",
    fault: "the process is killed",
    times: "1",
    end: "reported",
    note: "The next run checks the operations that were in progress.",
    test: "tests/engine/kill.test.ts",
  },
  {
    row: 30,
    at: "Entra ID: a sign-in by certificate, the client's clock ten minutes ahead",
    fault: "401 `AADSTS700024`",
    times: "always",
    end: "reported",
    test: "tests/local/azure/entra/assertion.test.ts",
  },
];

/** The rows as a table of the documentation. */
export function matrixTable(): string {
  const rows = matrix.map(({ row, at, fault, times, end, note, test }) => [
    String(row),
    at,
    fault,
    times,
    note === undefined ? end : `${end}. ${note}`,
    `[${test.split("/").at(-1) ?? ""}](../../${test})`,
  ]);
  const head = ["row", "where", "fault", "times", "end", "test"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
