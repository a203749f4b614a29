import { Config } from "@pulumi/pulumi";
import { z } from "zod";

const guid = z.guid();
const connection = z.strictObject({
  /** The issuer that the service connection shows. */
  issuer: z.url({ protocol: /^https$/ }),
  /** The subject that the service connection shows. */
  subject: z
    .string()
    .min(1)
    .regex(/^[^*]+$/, "must be one exact subject, without *"),
});

const schema = z.strictObject({
  /** The stack that the pipelines deploy. */
  stack: z.string().regex(/^[A-Za-z0-9._-]+$/, "may have letters, digits, hyphens, underscores and periods"),
  /** Existing resource group that the stack deploys to. */
  resourceGroupName: z.string().min(1),
  workspaceIds: z.array(z.string().startsWith("/subscriptions/")).default([]),
  owners: z.array(guid).default([]),
  github: z
    .strictObject({
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "must be owner/name, for example contoso/daemons"),
    })
    .optional(),
  azureDevOps: z.strictObject({ preview: connection, deploy: connection }).optional(),
  state: z
    .strictObject({
      location: z.string().min(1),
      resourceGroupName: z.string().min(1),
      accountName: z.string().regex(/^[a-z0-9]{3,24}$/, "must have 3 to 24 lowercase letters and digits"),
      vaultName: z.string().regex(/^[A-Za-z](?:-?[A-Za-z0-9]){2,23}$/, "must have 3 to 24 letters, digits and hyphens"),
      /** What the identity that runs this program is. */
      operatorType: z.enum(["User", "ServicePrincipal"]).default("User"),
    })
    .optional(),
});

export type Settings = z.infer<typeof schema>;
export type StateSettings = NonNullable<Settings["state"]>;
export type ServiceConnection = z.infer<typeof connection>;

/**
 * Checks the settings; a structure without content counts as not given.
 * @throws Error that names each wrong setting
 */
export function checkedSettings(given: Readonly<Record<string, unknown>>): Settings {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => !empty(value))));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "settings"}: ${message}`);
    throw new Error(`The configuration of azure-daemon-access-bootstrap is not complete:\n${problems.join("\n")}`);
  }
  if (!parsed.data.github && !parsed.data.azureDevOps) {
    throw new Error(
      "Neither github nor azureDevOps is set, so nothing could sign in as the identities. Set github.repository, or azureDevOps.preview and azureDevOps.deploy.",
    );
  }
  return parsed.data;
}

/** The stack's configuration. */
export function readSettings(): Settings {
  const config = new Config();
  const structured = ["workspaceIds", "owners", "github", "azureDevOps", "state"];
  return checkedSettings({
    stack: config.get("stack"),
    resourceGroupName: config.get("resourceGroupName"),
    ...Object.fromEntries(structured.map((name) => [name, config.getObject<unknown>(name)])),
  });
}

const empty = (value: unknown): boolean =>
  value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
