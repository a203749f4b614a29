import { rotationSchedule } from "../../../components/identity/rotationSchedule";
import { vaultSecret } from "../../../policy/rule/resourceTypes";
import { credentialsIn } from "../../review/estate/credentials";
import type { Estates } from "../../review/estate/estate";
import { Parties } from "../../review/estate/parties";
import { isOf, type Resource } from "../../review/estate/resource";
import type { PartyBook } from "./parties";
import { stackOf } from "./parties";
import type { AccessReport, GrantRecord, PartyRecord } from "./schema";
import type { StackSource } from "./sources";

const DAY = 86_400_000;
type Timeline = AccessReport["timeline"];

/** What begins and ends, and what waits for somebody. */
export function timelineOf(
  sources: readonly StackSource[],
  estates: Estates,
  book: PartyBook,
  parties: readonly PartyRecord[],
  grants: readonly GrantRecord[],
): Timeline {
  return {
    credentials: credentials(estates, book),
    schedules: sources.flatMap((source) => schedulesOf(source, parties)),
    consents: consents(sources, parties, grants),
    waivers: sources.flatMap(({ id, waivers }) =>
      waivers.map(({ rule, resource, reason, expires, state }) => ({
        stack: id,
        rule,
        resource,
        reason,
        expires,
        state,
      })),
    ),
  };
}

function credentials(estates: Estates, book: PartyBook): Timeline["credentials"] {
  const parties = new Parties(estates);
  const generation = (name: string): { generation?: number } => {
    const number = /-generation-(\d+)/.exec(name)?.[1];
    return number === undefined ? {} : { generation: Number(number) };
  };
  const ofApplications = credentialsIn(estates.after, parties).map(({ resource, of, kind, starts, ends }) => ({
    of: book.idOf(of.key),
    kind: kind === "secret" ? ("client secret" as const) : kind,
    name: resource.name,
    stack: stackOf(resource.urn),
    ...generation(resource.name),
    ...dates(starts, ends),
  }));
  const inVaults = estates.after.resources
    .filter((each) => isOf(each, vaultSecret))
    .map((each) => ({
      of: book.idOf(each.urn),
      kind: "vault secret" as const,
      name: each.name,
      stack: stackOf(each.urn),
      ...dates(secondsAt(each, "notBefore"), secondsAt(each, "expires")),
    }));
  return [...ofApplications, ...inVaults].sort((one, other) => order(one).localeCompare(order(other)));
}

const order = ({ ends = "9999", name }: Timeline["credentials"][number]): string => `${ends} ${name}`;

const dates = (starts: number | undefined, ends: number | undefined): { starts?: string; ends?: string } => ({
  ...(starts !== undefined && { starts: moment(starts) }),
  ...(ends !== undefined && { ends: moment(ends) }),
});

/** Key Vault counts seconds. JavaScript's dates end at 8.64e12 of them. */
function secondsAt({ inputs }: Resource, attribute: "notBefore" | "expires"): number | undefined {
  const seconds = inputs.number(`properties.attributes.${attribute}`);
  return seconds === undefined || Math.abs(seconds) > 8_640_000_000_000 ? undefined : seconds * 1000;
}

const moment = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/**
 * The rotations of a stack, from what it tells of them: the vault's secret has the generation's first day, and the outputs
 * its turn and its end. One that does not give back those dates, as after rotateNow, is left out.
 */
function schedulesOf(
  { id: stack, estates: { after } }: StackSource,
  parties: readonly PartyRecord[],
): Timeline["schedules"] {
  const outputs = new Map(after.outputs.entries());
  const secrets = after.resources.filter((each) => isOf(each, vaultSecret));
  const daemons = parties.flatMap((party) =>
    party.stack === stack && party.daemon !== undefined ? [{ ...party, daemon: party.daemon }] : [],
  );
  return daemons.flatMap(({ id, daemon }) => {
    const turn = Date.parse(outputs.get(`${daemon}.nextRotation`) ?? "");
    const end = Date.parse(outputs.get(`${daemon}.expiresOn`) ?? "");
    const secret = secrets.find(({ inputs }) => inputs.text("tags.daemon") === daemon);
    const starts = secret && secondsAt(secret, "notBefore");
    const generation = Number(secret?.inputs.text("tags.generation"));
    if (Number.isNaN(turn) || Number.isNaN(end) || Number.isNaN(generation) || starts === undefined) return [];
    const everyDays = (turn - starts) / DAY;
    const rotation = {
      startsAt: moment(starts - generation * everyDays * DAY),
      everyDays,
      overlapDays: (end - turn) / DAY,
    };
    if (everyDays <= 0) return [];
    const { current, nextRotation } = rotationSchedule(rotation, moment(starts));
    const fits =
      current.number === generation && Date.parse(nextRotation) === turn && Date.parse(current.endDate) === end;
    return fits ? [{ of: id, stack, ...rotation }] : [];
  });
}

function consents(
  sources: readonly StackSource[],
  parties: readonly PartyRecord[],
  grants: readonly GrantRecord[],
): Timeline["consents"] {
  const named = new Map(parties.map((party) => [party.id, party]));
  const waiting = grants.filter(({ state, change }) => state === "awaits consent" && change !== "loses");
  return [...new Set(waiting.map(({ holder }) => holder))].map((of) => {
    const { daemon, stack } = named.get(of) ?? {};
    const outputs = sources.find((source) => source.id === stack)?.estates.after.outputs;
    const url = daemon === undefined ? undefined : new Map(outputs?.entries()).get(`${daemon}.adminConsentUrl`);
    const permissions = waiting.filter(({ holder }) => holder === of).map(({ to }) => named.get(to)?.name ?? to);
    return { of, permissions: permissions.sort(), ...(url !== undefined && url !== "" && { url }) };
  });
}
