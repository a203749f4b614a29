import { z } from "zod";
import { accessKinds } from "../../review/access/grant";
import { reportSchema } from "../../review/report/schema";
import { abilities } from "./abilities";

/** Grows when a reader of the last version would misread this one. New fields alone don't change it. */
export const ACCESS_REPORT_VERSION = 1;

const partySchema = z.object({
  id: z.string().describe("The party within this report; the same program gives the same one."),
  kind: z
    .string()
    .describe("application, user, group, service principal, secret, vault, file system, Microsoft Graph permission …"),
  name: z.string().describe("The program's name for it, or its ID in Azure where the program has none."),
  displayName: z.string().optional().describe("What people read in the directory."),
  azureId: z.string().optional().describe("ID in Azure or in the directory, where it is known."),
  stack: z.string().optional().describe("id of the stack that declares it."),
  daemon: z.string().optional().describe("Name of the daemon whose identity it is."),
  within: z
    .string()
    .optional()
    .describe("id of the vault, account, resource group or subscription that holds it: access there holds here too."),
  credentialOf: z
    .string()
    .optional()
    .describe("id of the identity that this secret signs in as: who reads it can act as that identity."),
  openTo: z
    .array(z.string())
    .optional()
    .describe("Networks that a vault or a storage account answers: address ranges, subnets, every network."),
});

const grantSchema = z.object({
  id: z.string(),
  kind: z.enum(accessKinds),
  holder: z.string().describe("id of the party that holds it."),
  to: z.string().describe("id of the party that it is on."),
  what: z.string().describe("Name of the role or of the permission; owner; sign in."),
  allows: z
    .array(z.enum(abilities))
    .describe(
      "What it lets its holder do there, and in whatever is within. Empty where this report does not know the role.",
    ),
  state: z
    .enum(["holds", "awaits consent"])
    .describe(
      "awaits consent: requested, and not granted by the program. Consent that was given elsewhere is not known here.",
    ),
  weight: z.enum(["privileged", "sensitive", "ordinary"]),
  scope: z.string().optional().describe("The scope of an Azure role, as its ID."),
  by: z
    .object({ name: z.string(), type: z.string(), stack: z.string() })
    .describe("The resource of the program that gives it."),
  since: z.string().optional().describe("When that resource was made, RFC 3339, where the state tells it."),
  change: z.enum(["stays", "gains", "loses"]).describe("Of a preview: what becomes of it. Of a state: stays."),
});

const credentialSchema = z.object({
  of: z.string().describe("id of the identity, or of the vault secret."),
  kind: z.enum(["client secret", "certificate", "vault secret"]),
  name: z.string().describe("Name of the resource of the program."),
  stack: z.string(),
  generation: z.number().optional(),
  starts: z.string().optional(),
  ends: z.string().optional().describe("RFC 3339, UTC; absent where it does not end, or the end is pending."),
});

const scheduleSchema = z.object({
  of: z.string().describe("id of the identity."),
  stack: z.string(),
  startsAt: z.string(),
  everyDays: z.number(),
  overlapDays: z.number(),
});

const waiverSchema = z.object({
  stack: z.string(),
  rule: z.string(),
  resource: z.string(),
  reason: z.string(),
  expires: z.string().describe("The last day it holds."),
  state: z.enum(["holds", "ends soon", "ended"]),
});

const findingSchema = z.object({
  resource: z.string().optional().describe("Absent where the rule is about the stack as a whole."),
  problem: z.string(),
  waived: z.object({ until: z.string(), reason: z.string() }).optional(),
});

const ruleSchema = z.object({
  stack: z.string(),
  rule: z.string(),
  what: z.string().describe("What must hold."),
  level: z.enum(["mandatory", "advisory", "waived", "undecided"]),
  severity: z.string().optional(),
  fix: z.string().optional().describe("In the stack's own settings where it has one."),
  findings: z.array(findingSchema),
});

const checkSchema = z.object({
  daemon: z.string().nullable(),
  what: z.string(),
  result: z.enum(["passed", "waiting", "failed", "skipped"]),
  detail: z.string().optional(),
  reason: z.string().optional(),
  remedy: z.string().optional(),
});

/** All that the page shows. */
export const accessReportSchema = z.object({
  version: z.literal(ACCESS_REPORT_VERSION),
  asOf: z.string().describe("The moment that dates are judged at, RFC 3339, UTC."),
  stacks: z.array(
    z.object({
      id: z.string().describe("project/stack"),
      from: z.enum(["state", "preview"]),
      resources: z.number(),
    }),
  ),
  parties: z.array(partySchema),
  grants: z.array(grantSchema),
  timeline: z.object({
    credentials: z.array(credentialSchema),
    schedules: z.array(scheduleSchema).describe("Rotations: any day's generations follow from them."),
    consents: z.array(z.object({ of: z.string(), permissions: z.array(z.string()), url: z.string().optional() })),
    waivers: z.array(waiverSchema),
  }),
  policies: z.array(ruleSchema).nullable().describe("null where no preview was run: a state alone does not tell them."),
  verify: z
    .object({ vault: z.string(), checks: z.array(checkSchema) })
    .nullable()
    .describe("The verify run that was handed in; null where none was."),
  reviews: z.array(reportSchema).describe("Of each preview: as `daemon-access review --json` prints it."),
});

export type AccessReport = z.infer<typeof accessReportSchema>;
export type PartyRecord = z.infer<typeof partySchema>;
export type GrantRecord = z.infer<typeof grantSchema>;

/** The same as a JSON schema, for other languages. */
export const accessReportJsonSchema = (): object => z.toJSONSchema(accessReportSchema);
