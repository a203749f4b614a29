import { clientId, objectId, tenantId, vaultId } from "../checks/identifiers";
import { moment } from "../checks/moments";
import { vaultName } from "../checks/names";
import { consentMode } from "../graph/consent";
import { daemonOutput, formatOfOutput, STACK_CONTRACT_VERSION } from "./contract";
import { noSuchDaemon } from "./findDaemon";
import { consentPage, endpoint, secretUri } from "./outputChecks";
import { OutputReader } from "./outputReader";
import type { ReferencedDaemon, StackFacts } from "./stackFacts";
import { StackReferenceError } from "./stackReferenceError";

/** A stack's outputs as the engine hands them over. */
export interface RawOutputs {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of the outputs that are secret. */
  readonly secretNames: readonly string[];
}

/**
 * Reads and checks what a stack tells.
 *
 * @param stack full name of the stack, for the errors
 * @param wanted names of the daemons to read; all where absent
 * @throws StackReferenceError for a contract of another version, for a daemon that the stack doesn't have, and for an
 * output that isn't as the contract says
 */
export function readContract(stack: string, raw: RawOutputs, wanted?: readonly string[]): StackFacts {
  const problem = contractProblem(raw.outputs);
  if (problem !== undefined) throw new StackReferenceError(stack, [problem]);

  const reader = new OutputReader(raw.outputs, new Set(raw.secretNames));
  const known = reader.texts("daemons");
  const missing = reader.problems.length > 0 ? [] : (wanted ?? []).filter((name) => !known.includes(name));
  const lakeUrl = reader.optionalText("lakeUrl", endpoint);
  const facts = {
    contractVersion: STACK_CONTRACT_VERSION,
    vaultId: reader.text("vaultId", vaultId),
    vaultName: reader.text("vaultName", vaultName),
    vaultUri: reader.text("vaultUri", endpoint),
    ...(lakeUrl !== undefined && { lakeUrl }),
    daemons: Object.fromEntries(
      known.filter((name) => wanted?.includes(name) ?? true).map((name) => [name, readDaemon(reader, name)]),
    ),
  };
  const problems = [...missing.map((name) => noSuchDaemon(name, known, "this stack")), ...reader.problems];
  if (problems.length > 0) throw new StackReferenceError(stack, problems);
  return facts;
}

function contractProblem(outputs: Readonly<Record<string, unknown>>): string | undefined {
  const { contractVersion: version } = outputs;
  const current = STACK_CONTRACT_VERSION;
  if (version === current) return undefined;
  if (Object.keys(outputs).length === 0) {
    return "has no outputs: it was not deployed yet, or destroyed. Ask its owners to run pulumi up.";
  }
  if (typeof version !== "number") {
    return `has no output contractVersion, so it isn't a stack of azure-daemon-access, or one from before version ${current} of the contract. Check the name; if it is right, ask its owners to run pulumi up with a current azure-daemon-access.`;
  }
  return version < current
    ? `keeps version ${version} of the contract, and this program reads version ${current}. Ask its owners to run pulumi up with a current azure-daemon-access, or use an older one here.`
    : `keeps version ${version} of the contract, and this program reads version ${current}. Update azure-daemon-access in this program.`;
}

function readDaemon(reader: OutputReader, daemon: string): ReferencedDaemon {
  const expiresOn = reader.optionalText(daemonOutput(daemon, "expiresOn"), moment);
  const certificateUri = reader.optionalText(daemonOutput(daemon, "certificateUri"), secretUri);
  const generation = reader.optionalWholeNumber(daemonOutput(daemon, "generation"));
  const nextRotation = reader.optionalText(daemonOutput(daemon, "nextRotation"), moment);
  const consent = reader.optionalText(daemonOutput(daemon, "consent"), consentMode);
  const adminConsentUrl = reader.optionalText(daemonOutput(daemon, "adminConsentUrl"), consentPage);
  return {
    clientId: reader.text(daemonOutput(daemon, "clientId"), clientId),
    objectId: reader.text(daemonOutput(daemon, "objectId"), objectId),
    tenantId: reader.text(daemonOutput(daemon, "tenantId"), tenantId),
    secretUris: secretUris(reader, daemon),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(certificateUri !== undefined && { certificateUri }),
    ...(generation !== undefined && { generation }),
    ...(nextRotation !== undefined && { nextRotation }),
    ...(consent !== undefined && { consent }),
    ...(adminConsentUrl !== undefined && { adminConsentUrl }),
    permissions: reader.optionalTexts(daemonOutput(daemon, "permissions")),
  };
}

function secretUris(reader: OutputReader, daemon: string): Record<string, string> {
  const found = reader.names.flatMap((output) => {
    const format = formatOfOutput(daemon, output);
    return format === undefined ? [] : [[format, reader.text(output, secretUri)] as const];
  });
  return Object.fromEntries(found);
}
