import { z } from "zod";
import { identities } from "../../landingZone/layout";
import { capturesOf } from "./pathPattern";
import { placeholdersIn } from "./placeholders";

/** Services as rules and the request log name them. */
export const services = [
  "entra",
  "metadata",
  "graph",
  "arm",
  "keyVault",
  "dataLake",
  "dataLakeGen1",
  "containerRegistry",
  "machineLearning",
  "machineLearningRegion",
  "adminConsent",
] as const;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Every caller that the landing zone does not have: the applications that a stack has made. */
export const daemonCallers = "daemons";
const identityNames = Object.keys(identities);
const longestMs = 600_000;

const oneOrMore = <T extends z.ZodType>(each: T): z.ZodUnion<readonly [T, z.ZodArray<T>]> =>
  z.union([each, z.array(each).min(1)]);

const caller = z.string().refine((text) => text === daemonCallers || identityNames.includes(text) || guid.test(text), {
  error: `a caller is ${identityNames.join(", ")}, ${daemonCallers}, or a client ID`,
});

const milliseconds = z.int().min(0).max(longestMs);

const answerSchema = z
  .strictObject({
    status: z.int().min(200).max(599).describe("HTTP status."),
    code: z
      .string()
      .min(1)
      .optional()
      .describe("The error's code in the service's own envelope; AADSTS<number> of Entra ID."),
    message: z
      .string()
      .optional()
      .describe("The error's message. {name} is replaced by a part of the path, or of the request."),
    inner: z.string().optional().describe("innererror.code of Key Vault."),
    error: z.string().optional().describe("OAuth 2.0 error code of Entra ID. Default: invalid_client."),
    details: z
      .array(z.strictObject({ code: z.string(), message: z.string().default(""), target: z.string().default("") }))
      .optional()
      .describe("details of Microsoft Graph and Resource Manager."),
    headers: z.record(z.string(), z.string()).optional().describe("Headers, for example Retry-After."),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .optional()
      .describe("The whole body instead of the service's envelope: an object is sent as JSON, text as it is."),
  })
  .refine(({ code, body }) => code === undefined || body === undefined, {
    error: "code makes a body in the service's envelope: give code and message, or body",
  })
  .refine(
    ({ code, ...rest }) =>
      code !== undefined || ["message", "inner", "error", "details"].every((key) => !(key in rest)),
    {
      error: "message, inner, error and details are parts of the envelope that code makes: give code too",
    },
  );

const afterSchema = z.union([
  z.enum(["lost", "half"]).describe("lost: the connection ends in place of the answer. half: it ends amid the body."),
  z.strictObject({ slowMs: milliseconds.describe("The body takes this many milliseconds.") }),
  z.strictObject({
    merge: z
      .record(z.string(), z.unknown())
      .describe("A JSON merge patch (RFC 7396) to the body of an answer below 300: what a replica that lags tells."),
  }),
]);

const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]+$/, { error: "a name has lowercase letters, digits and hyphens" })
      .optional()
      .describe("The rule's name in the log. Default: its number, from 1."),
    service: oneOrMore(z.enum(services)).optional().describe("Default: every service."),
    method: oneOrMore(z.enum(methods)).optional().describe("Default: every method."),
    path: z
      .string()
      .startsWith("/", { error: "a path begins with /" })
      .optional()
      .describe("{name} matches one segment, ** any number of them. Letter case is ignored. Default: every path."),
    query: z
      .record(z.string(), z.string())
      .optional()
      .describe("Query parameters that the request has: a value, or * for any."),
    bodyContains: z.string().min(1).optional().describe("Text that the body has."),
    bodyLacks: z.string().min(1).optional().describe("Text that the body does not have."),
    caller: oneOrMore(caller)
      .optional()
      .describe(
        `Who asks: ${identityNames.join(", ")}, a client ID, or ${daemonCallers} for everyone else. Default: everyone.`,
      ),
    skip: z.int().min(0).default(0).describe("How many matching requests pass before the first is hit."),
    count: z
      .union([z.int().min(1), z.literal("always")])
      .default(1)
      .describe("How many requests are hit."),
    per: z
      .enum(["path", "caller"])
      .optional()
      .describe("Counts skip and count separately for each path or each caller. Default: for all requests together."),
    probability: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe("Probability that a request is hit; the seed decides which."),
    delayMs: milliseconds.default(0).describe("Milliseconds to wait first."),
    answer: answerSchema.optional().describe("The answer instead of the service's own: nothing takes effect."),
    before: z
      .enum(["reset", "silence"])
      .optional()
      .describe(
        "reset: the connection ends before anything takes effect. silence: it stays open, and no answer comes.",
      ),
    after: afterSchema.optional().describe("What happens to the answer after the change takes effect."),
  })
  .refine(({ answer, before, after }) => [answer, before, after].filter((each) => each !== undefined).length <= 1, {
    error: "give one of answer, before and after",
  })
  .refine(({ answer, before, after, delayMs }) => (answer ?? before ?? after) !== undefined || delayMs > 0, {
    error: "give what happens: answer, before, after or delayMs",
  })
  .superRefine(({ path = "/**", answer }, context) => {
    const problem = capturesOf(path);
    if (typeof problem === "string") {
      context.addIssue({ code: "custom", path: ["path"], message: problem });
      return;
    }
    for (const name of placeholdersIn(answer, problem)) {
      context.addIssue({
        code: "custom",
        path: ["answer"],
        message: `{${name}} has no value: the path has no {${name}}`,
      });
    }
  });

export const scenarioSchema = z.strictObject({
  description: z.string().min(10).describe("A sentence: what the scenario stands for, and what a run makes of it."),
  rules: z.array(ruleSchema).min(1).describe("The first rule that matches and is due hits a request."),
});

export type ScenarioRule = z.infer<typeof ruleSchema>;
export type FaultyAnswer = z.infer<typeof answerSchema>;

/** A fault scenario with its name. */
export interface Scenario extends z.infer<typeof scenarioSchema> {
  readonly name: string;
}
