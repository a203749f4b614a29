import type { AzureRequest, AzureResponse } from "../../../local/azure/http/message";
import type { Fault } from "../../../local/azure/conditions/faults/fault";

/** A row of the matrix whose run fails: what is injected, and what the run has to say. */
export interface ReportedRow {
  readonly row: number;
  readonly faults: readonly Fault[];
  readonly told: RegExp;
  /** What the command line advises. */
  readonly remedy?: RegExp;
}

export const always = Number.POSITIVE_INFINITY;

export const at =
  (method: string, path: RegExp) =>
  (request: AzureRequest): boolean =>
    request.method === method && path.test(request.path);

/** A service's refusal, which asks for no wait. */
export const refusal = (status: number, code: string, message: string): AzureResponse => ({
  status,
  headers: { "retry-after": "0", "retry-after-ms": "1" },
  body: { error: { code, message } },
});

/** The read of something new, which comes after its changes. */
function readOfNew(path: RegExp): (request: AzureRequest) => boolean {
  const changed = new Set<string>();
  return (request) => {
    if (request.method === "PATCH" && path.test(request.path)) changed.add(request.path);
    return request.method === "GET" && changed.has(request.path);
  };
}

/** The requests to the first address that matches: several are made at once. */
function firstOf(matches: (request: AzureRequest) => boolean): (request: AzureRequest) => boolean {
  let first: string | undefined;
  return (request) => {
    if (!matches(request)) return false;
    first ??= request.path;
    return request.path === first;
  };
}

export const addPassword = at("POST", /\/addPassword$/);
export const grants = at("POST", /\/appRoleAssignedTo$/);
export const secrets = at("PUT", /\/vaults\/[^/]+\/secrets\/[^/]+$/);
export const signIn = at("POST", /\/oauth2\/v2\.0\/token$/);
const operation =
  "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/providers/Microsoft.Storage/locations/westeurope/asyncoperations/of-the-test";

/** In the order of the runs. Each but the first comes with a daemon of its own. */
export const reportedRows: readonly ReportedRow[] = [
  {
    row: 16,
    faults: [
      {
        matches: at("PUT", /\/storageAccounts\/[^/]+$/),
        answer: {
          status: 202,
          headers: {
            location: `https://management.azure.com${operation}?api-version=2025-06-01`,
            "retry-after-ms": "1",
          },
        },
      },
      {
        matches: ({ path }) => path === operation,
        answer: refusal(409, "StorageAccountAlreadyTaken", "The storage account named stdaemons is already taken."),
      },
    ],
    told: /Code="StorageAccountAlreadyTaken"/,
    remedy: /lake\.accountName/,
  },
  {
    row: 1,
    faults: [
      {
        matches: readOfNew(/^\/v1\.0\/applications\/[0-9a-f-]{36}$/),
        answer: refusal(404, "Request_ResourceNotFound", "Resource 'x' does not exist."),
      },
    ],
    told: /expected non-empty ID for new state during Create of urn:\S+::\S+-application/,
    remedy: /run the same command again/i,
  },
  {
    row: 5,
    faults: [
      {
        matches: addPassword,
        answer: refusal(
          409,
          "Directory_ConcurrencyViolation",
          "Error due to concurrent requests being made to the tenant.",
        ),
      },
    ],
    told: /Adding password for .*Directory_ConcurrencyViolation/s,
    remedy: /run the same command again/i,
  },
  {
    row: 10,
    faults: [
      {
        matches: addPassword,
        answer: refusal(
          400,
          "CredentialInvalidLifetimeAsPerAppPolicy",
          "Credential lifetime exceeds the max value allowed.",
        ),
        times: always,
      },
    ],
    told: /CredentialInvalidLifetimeAsPerAppPolicy/,
    remedy: /everyDays/,
  },
  {
    row: 8,
    faults: [
      {
        matches: grants,
        answer: refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
        times: always,
      },
    ],
    told: /Authorization_RequestDenied/,
    remedy: /AppRoleAssignment\.ReadWrite\.All/,
  },
  {
    row: 9,
    faults: [
      {
        matches: grants,
        answer: refusal(400, "Request_BadRequest", "Permission being assigned already exists on the object"),
      },
    ],
    told: /Permission being assigned already exists on the object/,
    remedy: /import the grant/,
  },
  {
    row: 27,
    faults: [
      {
        matches: secrets,
        answer: refusal(403, "RequestDisallowedByPolicy", "Resource 'x' was disallowed by policy."),
        times: always,
      },
    ],
    told: /Code="RequestDisallowedByPolicy"/,
    remedy: /policy/i,
  },
  {
    row: 17,
    faults: [{ matches: firstOf(secrets), answer: "drop", times: 4 }],
    told: /socket|other side|terminated|ECONNRESET/i,
  },
];

/** How many daemons the stack has in the end. */
export const daemons = reportedRows.length;

const names = at("PATCH", /^\/v1\.0\/applications\/[0-9a-f-]{36}$/);
const roles = at("PUT", /\/roleAssignments\//);
const concurrent = "Error due to concurrent requests being made to the tenant.";

/** Rows 2, 4, 6, 7, 12 and 25, and one lost answer to a PUT of row 17. */
export const absorbed: readonly Fault[] = [
  { matches: signIn, answer: refusal(429, "temporarily_unavailable", "Too many requests.") },
  { matches: names, answer: refusal(404, "Request_ResourceNotFound", "Not yet."), times: 2 },
  { matches: names, answer: refusal(409, "Error_MsaAppDoesNotExist", "Not yet.") },
  { matches: at("POST", /\/servicePrincipals$/), answer: refusal(429, "TooManyRequests", "Slow."), times: 2 },
  { matches: addPassword, answer: refusal(503, "Directory_ConcurrencyViolation", concurrent) },
  { matches: grants, answer: refusal(400, "Request_BadRequest", "Not a valid reference update"), times: 2 },
  { matches: roles, answer: refusal(429, "TooManyRequests", "Slow.") },
  { matches: roles, answer: refusal(503, "ServerTimeout", "Slow.") },
  { matches: secrets, answer: "drop" },
];

const deletion = at("DELETE", /^\/secrets\//);
const forbidden = { code: "Forbidden", message: "Caller is not authorized.", innererror: { code: "ForbiddenByRbac" } };

/** Row 19. */
export const atRemoval: Fault = { matches: deletion, answer: { status: 403, body: { error: forbidden } } };

/** Row 20. */
export const goneSecret: Fault = {
  matches: deletion,
  answer: refusal(404, "SecretNotFound", "A secret was not found in this key vault."),
};

/** Row 28. */
export const atDestroy: Fault = {
  matches: at("DELETE", /\/storageAccounts\/[^/]+$/),
  answer: refusal(
    409,
    "ScopeLocked",
    "The scope 'x' cannot perform delete operation because following scope(s) are locked: 'x'.",
  ),
};
