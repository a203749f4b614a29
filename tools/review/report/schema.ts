import { z } from "zod";
import { accessKinds } from "../access/grant";
import { changeKinds } from "../preview/steps";
import { riskKinds } from "../risk/risk";

/** Grows when a reader of the last version would misread this one. New fields alone don't change it. */
export const REPORT_VERSION = 1;

const party = z.object({
  name: z.string().describe("The program's name for it, or its ID in Azure where the program has none."),
  kind: z.string().describe("What it is: application, service principal, user, secret, vault, file system …"),
  displayName: z.string().optional().describe("What people read in the directory."),
});

const diagnostic = z.object({
  message: z.string(),
  resource: z.string().optional(),
  stack: z.string().optional().describe("Whose it is, in a review of an estate."),
});

const policyResult = z.object({
  rule: z.string(),
  resource: z
    .object({ name: z.string(), type: z.string(), urn: z.string() })
    .optional()
    .describe("Absent where the rule is about the stack as a whole."),
  title: z.string().describe("What the rule asks for."),
  message: z.string().describe("What is wrong, and how to fix it."),
  severity: z.string().optional().describe("low, medium, high or critical."),
});

const accessChange = z.object({
  id: z.string().describe("The same for the same change in every preview."),
  kind: z.enum(accessKinds),
  direction: z.enum(["gains", "loses", "changes"]),
  holder: party.describe("Who gains or loses."),
  to: party.describe("What the access is to."),
  before: z.array(z.string()).describe("Roles, requested or granted, address ranges: what is held before."),
  after: z.array(z.string()).describe("The same after."),
  weight: z.enum(["privileged", "sensitive", "ordinary"]).describe("Of what is gained."),
  text: z.string().describe("The same as a sentence."),
  declaredBy: z.array(z.string()).describe("URNs of the resources that give it, before or after."),
  stacks: z.array(z.string()).optional().describe("The stacks of these resources, in a review of an estate."),
});

const risk = z.object({
  kind: z.enum(riskKinds),
  severity: z.enum(["high", "medium"]),
  subject: z.string(),
  text: z.string(),
  access: z.string().optional().describe("The id of the access change that it comes with."),
});

const rotation = z.object({
  of: z.string(),
  what: z.enum(["client secret", "certificate", "vault secret", "next rotation"]),
  resource: z.string(),
  date: z.string().describe("RFC 3339, UTC."),
  daysLeft: z.number().describe("From asOf; negative where it is past."),
  state: z.enum(["past", "due", "later"]).describe("due: within 30 days."),
});

const dataLoss = z.object({
  resource: z.string(),
  type: z.string(),
  urn: z.string(),
  change: z.enum(["delete", "replace"]),
  holds: z.string(),
  retained: z.boolean().describe("True where Pulumi leaves it in Azure."),
});

const resourceChange = z.object({
  urn: z.string(),
  name: z.string(),
  type: z.string(),
  change: z.enum(changeKinds),
  properties: z.array(z.string()).describe("Paths of the properties that differ; never their values."),
  steps: z.array(z.string()).describe("The engine's own words."),
});

const reviewedStack = z.object({
  stack: z.string(),
  ok: z.boolean().describe("False where its preview failed: then what is told of it may be incomplete."),
  reason: z.string().optional().describe("Why the preview failed, where no violation tells it."),
});

/** The review of one stack's preview, or of all previews of an estate, for machines. */
export const reportSchema = z.object({
  version: z.literal(REPORT_VERSION),
  stack: z.string().describe("The stack; in a review of an estate all of them, with commas between."),
  stacks: z.array(reviewedStack).optional().describe("The stacks of an estate, those whose preview failed first."),
  asOf: z.string().describe("The moment that dates are judged at, RFC 3339, UTC."),
  verdict: z.object({
    level: z
      .enum(["nothing", "advisory", "decision", "violation", "failed"])
      .describe("decision: access, risks or data are touched, and a person decides."),
    exitCode: z.number(),
    reasons: z.array(z.string()),
  }),
  preview: z.object({
    ok: z.boolean().describe("False where the preview failed: then the rest may be incomplete."),
    errors: z.array(diagnostic),
    warnings: z.array(diagnostic),
  }),
  access: z.object({
    changes: z.array(accessChange),
    consent: z.array(z.object({ application: party, granted: z.array(z.string()), awaiting: z.array(z.string()) })),
    secretReaders: z.array(z.object({ secret: party, readers: z.array(party) })),
  }),
  risks: z.array(risk),
  dataLoss: z.array(dataLoss),
  policies: z.object({
    rules: z.number(),
    mandatory: z.array(policyResult),
    advisory: z.array(policyResult),
    waived: z.array(policyResult.extend({ until: z.string(), reason: z.string() })),
    undecided: z.array(policyResult),
    fixed: z.array(z.object({ rule: z.string(), resource: z.string() })),
  }),
  rotations: z.array(rotation),
  resources: z.object({
    counts: z.record(z.enum(changeKinds), z.number()),
    changes: z.array(resourceChange).describe("Every resource that does not stay the same."),
  }),
});

export type Report = z.infer<typeof reportSchema>;

/** The same as a JSON schema, for other languages. */
export const reportJsonSchema = (): object => z.toJSONSchema(reportSchema);
