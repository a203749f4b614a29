import { z } from "zod";
import { problemLine } from "../components/checks/argumentError";
import { firstRepeated } from "../components/checks/oneOf";
import { type Refusal, write } from "../components/checks/refusal";
import { DEFAULT_OVERLAP_DAYS, DEFAULT_ROTATION_DAYS, overlapDays } from "../components/identity/rotationSchedule";
import { DATA_LAKE_GEN1_FORMAT } from "../components/vault/credentialFormats";

/**
 * What is right about each setting by itself and wrong about them together. They are read leniently, so that these
 * problems are told beside those of single settings.
 */
const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const texts = z.array(z.string().catch("")).catch([]);
const readers = z.array(z.object({ objectId: z.string().catch("") }).catch({ objectId: "" })).catch([]);

const lenientDaemon = z.object({
  name: some(z.string()),
  displayName: some(z.string()),
  secret: some(
    z.object({
      endDate: z.unknown(),
      rotation: some(z.object({ everyDays: some(z.number()), overlapDays: some(z.number()) })),
    }),
  ),
  graph: some(z.object({ permissions: texts })),
  machineLearning: some(z.object({ workspaceId: z.unknown() })),
  dataLakeGen1: z.unknown(),
  formats: texts,
  readers,
});

const lenient = z.object({
  workspaceId: z.unknown(),
  readers,
  daemons: z.array(lenientDaemon.catch({ dataLakeGen1: undefined, formats: [], readers: [] })).catch([]),
});

type Daemon = z.infer<typeof lenientDaemon>;
type Tell = (path: string, given: unknown, refusal: Refusal) => void;

/** The lines of all problems between settings. Paths begin after the namespace. */
export function crossCheck(values: unknown): string[] {
  const lines: string[] = [];
  const tell: Tell = (path, given, refusal) => lines.push(problemLine(path, given, refusal));
  const { daemons, workspaceId, readers } = lenient.parse(values);

  each(tell, "readers", ".objectId", ids(readers), "each reader once");
  each(
    tell,
    "daemons",
    ".name",
    daemons.map((daemon) => daemon.name ?? ""),
    "a name that no other daemon has",
  );
  const titles = daemons.map((daemon) => daemon.displayName ?? daemon.name ?? "");
  if (!firstRepeated(present(daemons.map((daemon) => daemon.name ?? "")))) {
    each(tell, "daemons", ".displayName", titles, "a display name that no other daemon has");
  }
  daemons.forEach((daemon, index) => {
    checkDaemon(tell, `daemons[${index}]`, daemon, workspaceId);
  });
  return lines;
}

function checkDaemon(tell: Tell, path: string, daemon: Daemon, workspaceId: unknown): void {
  const { secret, graph, machineLearning, formats } = daemon;
  if (secret) checkSecret(tell, `${path}.secret`, secret);
  if (machineLearning && !machineLearning.workspaceId && !workspaceId) {
    tell(`${path}.machineLearning.workspaceId`, undefined, {
      needed: "the resource ID of a workspace, here or as azure-daemon-access:workspaceId",
      fix: "Write the one that the daemon works in.",
    });
  }
  if (formats.includes(DATA_LAKE_GEN1_FORMAT) && daemon.dataLakeGen1 === undefined) {
    tell(`${path}.dataLakeGen1`, undefined, {
      needed: `storeName, the account that the format ${DATA_LAKE_GEN1_FORMAT} names`,
      fix: write("forecastlake"),
    });
  }
  each(tell, `${path}.graph.permissions`, "", graph?.permissions ?? [], "each permission once");
  each(tell, `${path}.formats`, "", formats, "each format once");
  each(tell, `${path}.readers`, ".objectId", ids(daemon.readers), "each reader once");
}

function checkSecret(tell: Tell, path: string, secret: NonNullable<Daemon["secret"]>): void {
  const { endDate, rotation } = secret;
  if (endDate !== undefined && rotation !== undefined) {
    tell(path, secret, { needed: "exactly one of endDate and rotation", fix: "Remove one of them." });
  }
  const { everyDays = DEFAULT_ROTATION_DAYS, overlapDays: overlap = DEFAULT_OVERLAP_DAYS } = rotation ?? {};
  const refusal = rotation && overlap > everyDays ? overlapDays(everyDays)(overlap) : undefined;
  if (refusal) tell(`${path}.rotation.overlapDays`, overlap, refusal);
}

function each(tell: Tell, list: string, field: string, words: readonly string[], needed: string): void {
  words.forEach((word, index) => {
    const first = words.indexOf(word);
    if (word === "" || first === index) return;
    tell(`${list}[${index}]${field}`, word, { needed, fix: `${list}[${first}] has it already; change one of them.` });
  });
}

const ids = (list: readonly { readonly objectId: string }[]): string[] =>
  list.map((each) => each.objectId.toLowerCase());
const present = (words: readonly string[]): string[] => words.filter((word) => word !== "");
