import { z } from "zod";
import { moment, momentUntil } from "../components/checks/moments";
import type { Refusal, Tell } from "../components/checks/refusal";
import { certificateSetProblems } from "../components/identity/certificateSet";
import { NO_REQUEST } from "../components/graph/graphGrant";
import { BESIDE_EXISTING } from "../components/identity/existingApplication";
import { BESIDE_MANAGED_IDENTITY } from "../components/identity/daemonManagedIdentity";
import { type GivenKinds, kindsIn, kindsProblem } from "../components/identity/credentialKinds";
import {
  DEFAULT_OVERLAP_DAYS,
  DEFAULT_ROTATION_DAYS,
  momentSinceStart,
  overlapDays,
  stageDays,
} from "../components/identity/rotationSchedule";
import { workspaceRoleRelations } from "../components/ml/machineLearningAccess";
import { DEFAULT_FORMAT } from "../components/vault/credentialFormats";
import { credentialFormat, formatRefusal } from "../components/vault/exportChecks";
import { checkFormerNames, checkNamesInVault, checkPrivateKeys } from "./daemonRelations";
import { checkLake, checkVault, lenientSettings } from "./deliveryChecks";
import { checkEstate } from "./estateChecks";
import { trustProblems } from "./federation";
import { checkDataLakeGen1, lenientGen1Account, lenientGen1Use } from "./dataLakeGen1Checks";

/**
 * What is right about each setting by itself and wrong about them together. They are read leniently, so that these
 * problems are told beside those of single settings.
 */
const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const texts = z.array(z.string().catch("")).catch([]);
const readers = z
  .array(z.object({ objectId: z.string().catch(""), formats: texts }).catch({ objectId: "", formats: [] }))
  .catch([]);

const lenientRotation = z.object({
  startsAt: some(z.string()),
  everyDays: some(z.number()),
  overlapDays: some(z.number()),
  stageDays: some(z.number()),
});

/** Of each kind of credential, whether it is there. */
const kinds = z.object({
  secret: z.unknown().optional(),
  certificate: z.unknown().optional(),
  federated: z.unknown().optional(),
  managedIdentity: z.unknown().optional(),
});

const certificate = { name: z.string().catch(""), pem: z.string().catch(""), secretUri: z.string().catch("") };
const lenientCertificates = z.array(z.object(certificate).catch({ name: "", pem: "", secretUri: "" })).catch([]);
const lenientWorkspace = z.object({
  workspaceId: z.unknown().optional(),
  job: some(z.string()),
  role: some(z.string()),
  endpoint: some(z.string()),
  linkedResources: some(
    z.object({
      storageAccountId: some(z.string()),
      containerRegistryId: some(z.string()),
      vaultId: some(z.string()),
      lookUp: some(z.array(z.string().catch(""))),
      job: some(z.string()),
    }),
  ),
});

const lenientDaemon = z.object({
  name: some(z.string()),
  formerName: some(z.string()),
  nameInVault: some(z.string()),
  displayName: some(z.string()),
  existing: some(z.object({ clientId: z.string().catch("") })),
  owners: z.unknown().optional(),
  deployerIsOwner: z.unknown().optional(),
  notes: z.unknown().optional(),
  secret: some(
    z.object({ endDate: z.unknown().optional(), rotation: z.unknown().optional(), rotateNow: some(z.string()) }),
  ),
  certificate: some(z.object({ certificates: lenientCertificates })),
  federated: z.unknown().optional(),
  managedIdentity: some(z.object({ federated: z.unknown().optional() })),
  graph: some(z.object({ permissions: texts, consent: some(z.string()) })),
  machineLearning: some(lenientWorkspace),
  dataLakeGen1: some(lenientGen1Use),
  formats: texts,
  readers,
});

const lenient = z.object({
  platform: z.unknown().optional(),
  platformStack: z.unknown().optional(),
  vault: some(lenientSettings),
  lake: some(lenientSettings),
  workspaceId: z.unknown().optional(),
  dataLakeGen1: some(lenientGen1Account),
  readers,
  daemons: z.array(lenientDaemon.catch({ formats: [], readers: [] })).catch([]),
});

const lenientKinds = z.object({ daemons: z.array(kinds.optional().catch(undefined)).catch([]) });

type Daemon = z.infer<typeof lenientDaemon>;

/** A problem between settings, and the path of the setting to change, without the namespace. */
export interface CrossProblem {
  readonly path: string;
  readonly given: unknown;
  readonly refusal: Refusal;
}

/**
 * All problems between settings.
 *
 * @param asOf the moment of the run, RFC 3339
 */
export function crossCheck(settings: unknown, asOf: string): CrossProblem[] {
  const problems: CrossProblem[] = [];
  const tell: Tell = (path, given, refusal) => problems.push({ path, given, refusal });
  const { platform, platformStack, daemons, workspaceId, dataLakeGen1, vault, lake, ...rest } = lenient.parse(settings);
  const everyone = rest.readers;
  const names = daemons.map((daemon) => daemon.name ?? "");
  const titles = daemons.map(
    ({ displayName, existing }, index) => displayName ?? (existing ? "" : (names[index] ?? "")),
  );

  const written = daemons.map(({ formats }) => (formats.length === 0 ? [DEFAULT_FORMAT] : formats));
  checkEstate(tell, settings);
  // Other stacks' daemons may be delivered in any format.
  if (platform === undefined) checkReadersFormats(tell, "readers", everyone, written.flat());
  daemons.forEach((daemon, index) => {
    checkReadersFormats(tell, `daemons[${index}].readers`, daemon.readers, written[index] ?? []);
  });
  if (vault) checkVault(tell, vault);
  if (lake) checkLake(tell, lake, settings);
  each(tell, "readers", ".objectId", ids(everyone), "each reader once");
  each(tell, "daemons", ".name", names, "a name that no other daemon has");
  checkFormerNames(tell, daemons, names);
  checkNamesInVault(tell, daemons, names);
  checkPrivateKeys(tell, daemons, ids(everyone));
  if (new Set(names).size === names.length) {
    each(tell, "daemons", ".displayName", titles, "a display name that no other daemon has");
  }
  const adopted = daemons.map(({ existing }) => existing?.clientId.toLowerCase() ?? "");
  each(tell, "daemons", ".existing.clientId", adopted, "an application that no other daemon is");
  lenientKinds.parse(settings).daemons.forEach((given, index) => {
    if (given) checkKinds(tell, `daemons[${index}]`, given, daemons[index]?.formats ?? []);
  });
  checkDataLakeGen1(tell, dataLakeGen1, daemons);
  daemons.forEach((daemon, index) => {
    checkDaemon(tell, `daemons[${index}]`, daemon, workspaceId ?? platformStack, asOf);
    checkOwnReaders(tell, `daemons[${index}].readers`, ids(daemon.readers), ids(everyone));
  });
  return problems;
}

function checkDaemon(tell: Tell, path: string, daemon: Daemon, workspaceId: unknown, asOf: string): void {
  const { existing, secret, graph, machineLearning, formats } = daemon;
  if (existing) refuseBeside(tell, path, ofNewApplication(daemon), BESIDE_EXISTING);
  for (const problem of certificateSetProblems(daemon.certificate?.certificates ?? [], asOf)) {
    tell(`${path}.certificate.${problem.input}`, problem.given, problem.refusal);
  }
  if (daemon.managedIdentity) checkManagedIdentity(tell, path, daemon, daemon.managedIdentity);
  checkTrusts(tell, `${path}.federated`, daemon.federated);
  if (secret) checkSecret(tell, `${path}.secret`, secret, asOf);
  if (machineLearning) checkWorkspace(tell, `${path}.machineLearning`, machineLearning);
  if (machineLearning && !machineLearning.workspaceId && !workspaceId) {
    tell(`${path}.machineLearning.workspaceId`, undefined, {
      needed: "the resource ID of a workspace, here or as azure-daemon-access:workspaceId",
      fix: "Write the one that the daemon works in.",
    });
  }
  each(tell, `${path}.owners`, "", daemonsOwners(daemon.owners), "each owner once");
  each(tell, `${path}.graph.permissions`, "", graph?.permissions ?? [], "each permission once");
  each(tell, `${path}.formats`, "", formats, "each format once");
  each(tell, `${path}.readers`, ".objectId", ids(daemon.readers), "each reader once");
}

/** Refuses each of the settings that is there. */
function refuseBeside(tell: Tell, path: string, settings: object, refusal: Refusal): void {
  for (const [name, value] of Object.entries(given(settings))) tell(`${path}.${name}`, value, refusal);
}

/** What only a new application can be given. */
function ofNewApplication({ displayName, owners, deployerIsOwner, notes }: Daemon): object {
  return { displayName, owners, deployerIsOwner, notes };
}

/** What only an application can be given. */
function checkManagedIdentity(
  tell: Tell,
  path: string,
  daemon: Daemon,
  { federated }: NonNullable<Daemon["managedIdentity"]>,
): void {
  const { existing, graph } = daemon;
  refuseBeside(tell, path, { ...ofNewApplication(daemon), existing }, BESIDE_MANAGED_IDENTITY);
  if (graph?.consent === "request") tell(`${path}.graph.consent`, graph.consent, NO_REQUEST);
  checkTrusts(tell, `${path}.managedIdentity.federated`, federated);
}

function checkTrusts(tell: Tell, list: string, given: unknown): void {
  for (const { path, given: value, refusal } of trustProblems(list, given)) tell(`${list}${path}`, value, refusal);
}

function checkKinds(tell: Tell, path: string, given: GivenKinds, formats: readonly string[]): void {
  const problem = kindsProblem(given);
  if (problem) tell(`${path}.${problem.input}`, problem.given, problem.refusal);
  formats.forEach((format, index) => {
    const refusal = formatRefusal(format, kindsIn(given));
    if (refusal) tell(`${path}.formats[${index}]`, format, refusal);
  });
}

function checkWorkspace(tell: Tell, path: string, settings: z.infer<typeof lenientWorkspace>): void {
  const { linkedResources, ...own } = given(settings);
  const linked = linkedResources && given(linkedResources);
  workspaceRoleRelations({ ...own, ...(linked && { linkedResources: linked }) }, (input, value, refusal) => {
    tell(`${path}.${input}`, value, refusal);
  });
}

/** Settings without those that are not there. */
const given = <T extends object>(settings: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };

/** A reader's formats are some of those that are written. A word that is no format has been told by itself. */
function checkReadersFormats(
  tell: Tell,
  path: string,
  readers: readonly { readonly formats: readonly string[] }[],
  written: readonly string[],
): void {
  readers.forEach(({ formats }, index) => {
    each(tell, `${path}[${index}].formats`, "", formats, "each format once");
    formats.forEach((format, at) => {
      if (written.includes(format) || credentialFormat(format)) return;
      const needed = `a format that is written: ${[...new Set(written)].map((word) => `"${word}"`).join(", ")}`;
      tell(`${path}[${index}].formats[${at}]`, format, {
        needed,
        fix: "Add it to a daemon's formats, or remove it here.",
      });
    });
  });
}

function checkOwnReaders(tell: Tell, path: string, own: readonly string[], everyone: readonly string[]): void {
  own.forEach((id, index) => {
    if (id === "" || !everyone.includes(id)) return;
    const fix = "It is already in azure-daemon-access:readers; remove it here.";
    tell(`${path}[${index}].objectId`, id, { needed: "each reader once", fix });
  });
}

function checkSecret(tell: Tell, path: string, secret: NonNullable<Daemon["secret"]>, asOf: string): void {
  const { endDate, rotation, rotateNow } = secret;
  if ((endDate === undefined) === (rotation === undefined)) {
    tell(path, secret, {
      needed: "exactly one of endDate and rotation",
      fix: endDate === undefined ? "Write endDate, or rotation with startsAt." : "Remove one of them.",
    });
  }
  const days = lenientRotation.safeParse(rotation).data;
  if (!days) return;
  checkDays(tell, `${path}.rotation`, days);
  const { startsAt = "" } = days;
  // A moment that is later than this run is told by itself.
  if (rotateNow === undefined || moment(startsAt) || momentUntil(asOf)(rotateNow)) return;
  const early = momentSinceStart(startsAt, asOf)(rotateNow);
  if (early) tell(`${path}.rotateNow`, rotateNow, early);
}

function checkDays(tell: Tell, path: string, days: z.infer<typeof lenientRotation>): void {
  const { everyDays = DEFAULT_ROTATION_DAYS, overlapDays: overlap = DEFAULT_OVERLAP_DAYS, stageDays: stage } = days;
  if (overlap > everyDays) {
    const refusal = overlapDays(everyDays)(overlap);
    if (refusal) tell(`${path}.overlapDays`, overlap, refusal);
  } else if (stage !== undefined && stage > everyDays - overlap) {
    const refusal = stageDays(everyDays, overlap)(stage);
    if (refusal) tell(`${path}.stageDays`, stage, refusal);
  }
}

function each(tell: Tell, list: string, field: string, words: readonly string[], needed: string): void {
  words.forEach((word, index) => {
    const first = words.indexOf(word);
    if (word === "" || first === index) return;
    tell(`${list}[${index}]${field}`, word, { needed, fix: `${list}[${first}] has it already; change one of them.` });
  });
}

/** In one letter case; what is no text has been told by itself. */
const daemonsOwners = (owners: unknown): string[] => texts.parse(owners).map((owner) => owner.toLowerCase());

const ids = (list: readonly { readonly objectId: string }[]): string[] =>
  list.map((each) => each.objectId.toLowerCase());
