import { z } from "zod";
import { tagsSchema } from "../jsonContent";
import { userError } from "./inWorkspace";
import { identitySchema } from "./resourceIdentity";

const scaleSettings = z.looseObject({
  maxNodeCount: z.int().min(0),
  minNodeCount: z.int().min(0).nullish(),
  nodeIdleTimeBeforeScaleDown: z
    .string()
    .regex(/^P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/, "must be an ISO 8601 duration")
    .nullish(),
});

/** One of a few words, in any letter case, as it is answered. */
const oneOf = (...words: readonly string[]) =>
  z.string().transform((given, context) => {
    const word = words.find((each) => each.toLowerCase() === given.toLowerCase());
    if (word === undefined) {
      context.addIssue(`must be one of ${words.join(", ")}`);
    }
    return word ?? given;
  });

const clusterSchema = z.looseObject({
  vmSize: z.string().min(1),
  vmPriority: oneOf("Dedicated", "LowPriority").nullish(),
  osType: oneOf("Linux", "Windows").nullish(),
  scaleSettings,
  remoteLoginPortPublicAccess: oneOf("Enabled", "Disabled", "NotSpecified").nullish(),
  enableNodePublicIp: z.boolean().nullish(),
  subnet: z.looseObject({ id: z.string() }).nullish(),
  userAccountCredentials: z.looseObject({ adminUserName: z.string() }).nullish(),
});

const instanceSchema = z.looseObject({ vmSize: z.string().min(1) });

export const computeSchema = z.looseObject({
  location: z.string().nullish(),
  tags: tagsSchema.nullish(),
  identity: identitySchema.nullish(),
  properties: z.looseObject({
    computeType: z.string(),
    description: z.string().nullish(),
    disableLocalAuth: z.boolean().nullish(),
    properties: z.looseObject({}).nullish(),
  }),
});

export const computePatchSchema = z.looseObject({
  properties: z.looseObject({ properties: z.looseObject({ scaleSettings }) }),
});

type Properties = Readonly<Record<string, unknown>>;

/** What a cluster is made with for good. */
const fixed = ["vmSize", "vmPriority", "osType", "subnet", "enableNodePublicIp", "userAccountCredentials"] as const;

/** A letter first, then letters, digits and hyphens: 3 to 24. */
const namePattern = /^[a-z][a-z0-9-]{2,23}$/i;

export function checkComputeName(name: string): void {
  if (!namePattern.test(name)) {
    throw userError(
      `The compute name '${name}' is not valid. It must have 3 to 24 letters, digits and hyphens, and begin with a letter.`,
    );
  }
}

/** The properties of a cluster or an instance. @throws ServiceError 400, naming what is wrong */
export function computeProperties(
  computeType: string,
  given: unknown,
  workspace: { readonly managedNetwork: boolean },
): Properties {
  return computeType === "AmlCompute" ? cluster(given, workspace) : instance(given);
}

function instance(given: unknown): Properties {
  const parsed = instanceSchema.safeParse(given);
  if (!parsed.success) {
    throw userError(firstIssue(parsed.error));
  }
  return parsed.data;
}

function cluster(given: unknown, { managedNetwork }: { readonly managedNetwork: boolean }): Properties {
  const parsed = clusterSchema.safeParse(given);
  if (!parsed.success) {
    throw userError(firstIssue(parsed.error));
  }
  const { scaleSettings: scale, userAccountCredentials, ...rest } = parsed.data;
  const minNodeCount = scale.minNodeCount ?? 0;
  if (minNodeCount > scale.maxNodeCount) {
    throw userError(`minNodeCount is ${minNodeCount}, more than maxNodeCount, which is ${scale.maxNodeCount}.`);
  }
  if (rest.enableNodePublicIp === false && rest.subnet == null && !managedNetwork) {
    throw userError("Nodes without public IP addresses need a subnet, or a workspace with a managed virtual network.");
  }
  return {
    osType: "Linux",
    vmPriority: "Dedicated",
    enableNodePublicIp: true,
    remoteLoginPortPublicAccess: "NotSpecified",
    isolatedNetwork: false,
    subnet: null,
    ...rest,
    scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT120S", ...scale, minNodeCount },
    ...(userAccountCredentials == null
      ? {}
      : { userAccountCredentials: { adminUserName: userAccountCredentials.adminUserName } }),
  };
}

/** @throws ServiceError 400, where a cluster would have to be made anew */
export function checkUnchanged(before: Properties, after: Properties): void {
  const changed = fixed.filter((name) => !isSame(before[name] ?? null, after[name] ?? null));
  if (changed.length > 0) {
    throw userError(`A compute keeps its ${changed.join(", ")}; delete it and make another.`);
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one).toLowerCase() === JSON.stringify(other).toLowerCase();

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `properties.properties.${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}`;
}
