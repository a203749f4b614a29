import { objectId, storageAccountId, vaultId, workspaceId } from "../checks/identifiers";
import { location, resourceGroupName } from "../checks/names";
import { problemLine } from "../checks/argumentError";
import { readerType } from "../vault/exportChecks";
import { OutputReader, UPDATE_STACK } from "./outputReader";
import { jobOfOutput, PLATFORM_CONTRACT_VERSION, vaultOfOutput } from "./platformContract";
import type { PlatformFacts, PlatformReader } from "./platformFacts";
import type { RawOutputs } from "./readContract";
import { StackReferenceError } from "./stackReferenceError";

/**
 * Reads and checks what a platform stack offers.
 *
 * @param stack full name of the stack, for the errors
 * @throws StackReferenceError for a stack that is no platform, for a contract of another version, and for an output that isn't
 * as the contract says
 */
export function readPlatform(stack: string, { outputs, secretNames }: RawOutputs): PlatformFacts {
  const problem = contractProblem(outputs);
  if (problem !== undefined) throw new StackReferenceError(stack, [problem]);

  const reader = new OutputReader(outputs, new Set(secretNames));
  const lakeAccountId = reader.optionalText("lakeAccountId", storageAccountId);
  const workspace = reader.optionalText("workspaceId", workspaceId);
  const facts = {
    platformVersion: PLATFORM_CONTRACT_VERSION,
    location: reader.text("location", location),
    resourceGroupName: reader.text("resourceGroupName", resourceGroupName),
    vaultIds: byRest(reader, vaultOfOutput, (output) => reader.text(output, vaultId)),
    ...(lakeAccountId !== undefined && { lakeAccountId }),
    fileSystems: reader.optionalTexts("fileSystems"),
    ...(workspace !== undefined && { workspaceId: workspace }),
    jobRoles: byRest(reader, jobOfOutput, (output) => reader.texts(output)),
    readers: readersOf(outputs["readers"]),
  };
  const problems = [...reader.problems, ...readerProblems(outputs["readers"])];
  if (problems.length > 0) throw new StackReferenceError(stack, problems);
  return facts;
}

function contractProblem(outputs: Readonly<Record<string, unknown>>): string | undefined {
  const { platformVersion: version } = outputs;
  const current = PLATFORM_CONTRACT_VERSION;
  if (version === current) return undefined;
  if (Object.keys(outputs).length === 0) {
    return "has no outputs: it was not deployed yet, or destroyed. Deploy the platform stack first.";
  }
  if (typeof version !== "number") {
    return "is not a platform stack: it has no output platformVersion. Name the stack whose settings have azure-daemon-access:platform.";
  }
  return version < current
    ? `keeps version ${version} of the platform contract, and this program reads version ${current}. Run pulumi up on the platform stack with a current azure-daemon-access, or use an older one here.`
    : `keeps version ${version} of the platform contract, and this program reads version ${current}. Update azure-daemon-access in this program.`;
}

/** What the outputs with a common start hold, by the rest of their names. */
function byRest<T>(
  { names }: OutputReader,
  rest: (output: string) => string | undefined,
  read: (output: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    names.flatMap((output) => {
      const name = rest(output);
      return name === undefined ? [] : [[name, read(output)] as const];
    }),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

function readersOf(given: unknown): PlatformReader[] {
  return (Array.isArray(given) ? given : []).filter(isReader).map(({ objectId: id, principalType, formats }) => ({
    objectId: id,
    ...(principalType !== undefined && { principalType }),
    ...(formats !== undefined && { formats }),
  }));
}

const isReader = (value: unknown): value is PlatformReader =>
  isRecord(value) &&
  typeof value["objectId"] === "string" &&
  objectId(value["objectId"]) === undefined &&
  (value["principalType"] === undefined ||
    (typeof value["principalType"] === "string" && readerType(value["principalType"]) === undefined)) &&
  (value["formats"] === undefined || isTexts(value["formats"]));

function readerProblems(given: unknown): string[] {
  if (given === undefined || (Array.isArray(given) && given.every(isReader))) return [];
  const needed = "a list of readers, each with objectId, and perhaps principalType and formats";
  return [problemLine("output readers", given, { needed, fix: UPDATE_STACK })];
}
