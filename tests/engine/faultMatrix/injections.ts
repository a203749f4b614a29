/** A row of the matrix whose run fails: the scenario in force, and what the run has to say. */
export interface ReportedRow {
  readonly row: number;
  readonly scenario: string;
  readonly told: RegExp;
  /** What the command line advises. */
  readonly remedy: RegExp;
}

/** Met by the first run of a stack, which has no vault yet. */
export const ofAnEmptyStack: ReportedRow = {
  row: 27,
  scenario: "arm-policy-denied",
  told: /Code="RequestDisallowedByPolicy"/,
  remedy: /policy/i,
};

/** In the order of the runs. Each but the first comes with a daemon of its own; the last one's with a workspace too. */
export const reportedRows: readonly ReportedRow[] = [
  {
    row: 16,
    scenario: "arm-storage-name-taken",
    told: /Code="StorageAccountAlreadyTaken"/,
    remedy: /lake\.accountName/,
  },
  {
    row: 17,
    scenario: "arm-storage-lost-answer",
    told: /socket|other side|terminated|ECONNRESET/i,
    remedy: /network lost an answer.* Run the same command again/,
  },
  {
    row: 1,
    scenario: "graph-application-not-found",
    told: /expected non-empty ID for new state during Create of urn:\S+::\S+-application/,
    remedy: /run the same command again/i,
  },
  {
    row: 5,
    scenario: "graph-add-password-conflict",
    told: /Adding password for .*Directory_ConcurrencyViolation/s,
    remedy: /run the same command again/i,
  },
  {
    row: 10,
    scenario: "graph-password-forbidden",
    told: /CredentialInvalidLifetimeAsPerAppPolicy/,
    remedy: /everyDays/,
  },
  {
    row: 8,
    scenario: "graph-grant-denied",
    told: /Authorization_RequestDenied/,
    remedy: /AppRoleAssignment\.ReadWrite\.All/,
  },
  {
    row: 9,
    scenario: "graph-grant-exists",
    told: /Permission being assigned already exists on the object/,
    remedy: /import the grant/,
  },
  {
    row: 26,
    scenario: "machine-learning-soft-deleted",
    told: /Soft-deleted workspace exists/,
    remedy: /Recently deleted/,
  },
];

/** How many daemons the stack has in the end. */
export const daemons = reportedRows.length;

/** Rows 25, 2, 4, 3, 6, 7, 14, 12, and of 17 one lost answer, all in force at once. */
export const absorbed: readonly string[] = [
  "sign-in-throttled",
  "graph-rename-not-found",
  "graph-too-many-requests",
  "graph-password-flapping",
  "graph-add-password-unavailable",
  "graph-grant-invalid-reference",
  "arm-vault-registering",
  "arm-role-assignment-throttled",
  "arm-secret-lost-answer",
];

/** Row 19, which the removal of a daemon meets. */
export const atRemoval = "vault-delete-forbidden";

/** Row 20, which the same removal meets. */
export const goneSecret = "vault-delete-not-found";

/** Row 28, which a destroy meets. */
export const atDestroy = "arm-locked";
