import { credentialsIn, declaredApplications, type Credential } from "../estate/credentials";
import type { Estates } from "../estate/estate";
import { Parties, type Party } from "../estate/parties";
import type { Properties } from "../estate/properties";
import { dateOf, days, daysBetween } from "./dates";
import type { Risk, RiskContext } from "./risk";

/** Credentials that end before their day, and schedules that leave a daemon less time. */
export function rotationRisks({ estates, now }: RiskContext): Risk[] {
  const cut = cutCredentials(estates, now);
  const cutNames = new Set(cut.flatMap(({ credentials }) => credentials.map(({ resource }) => resource.urn)));
  return [
    ...cut.map(({ of, credentials }) => droppedOverlap(of, credentials, estates, now)),
    ...(cut.length === 0 ? shortenedOverlaps(estates) : []),
    ...droppedRotations(estates),
    ...longerLives(estates, now, cutNames),
  ];
}

interface Cut {
  readonly of: Party;
  /** Still valid, and gone after the update. */
  readonly credentials: readonly Credential[];
}

/** Credentials that are valid now and don't outlive the update, by the application that goes on without them. */
function cutCredentials(estates: Estates, now: number): Cut[] {
  const parties = new Parties(estates);
  const staying = declaredApplications(estates.after, parties);
  const gone = declaredApplications(estates.before, parties);
  const later = new Set(estates.after.resources.map(({ urn }) => urn));
  const cut = credentialsIn(estates.before, parties).filter(({ resource, ends, of }) => {
    const leaves = !later.has(resource.urn) || estates.replaced.has(resource.urn);
    const applicationLeaves = gone.has(of.key) && !staying.has(of.key);
    return leaves && !applicationLeaves && ends !== undefined && ends > now;
  });
  const keys = [...new Set(cut.map(({ of }) => of.key))];
  return keys.flatMap((key) => {
    const credentials = cut
      .filter(({ of }) => of.key === key)
      .sort((one, other) => one.resource.name.localeCompare(other.resource.name));
    return credentials[0] ? [{ of: credentials[0].of, credentials }] : [];
  });
}

function droppedOverlap(of: Party, credentials: readonly Credential[], { after }: Estates, now: number): Risk {
  const declared = new Set(after.resources.map(({ urn }) => urn));
  const each = credentials.map(({ resource, ends = now }) => {
    const what = declared.has(resource.urn) ? "is replaced" : "is revoked";
    return `${resource.name} ${what} ${days(daysBetween(now, ends))} before its end on ${dateOf(ends)}`;
  });
  return {
    kind: "overlap-dropped",
    severity: "high",
    subject: of.name,
    text: `The overlap of ${of.name} is dropped: ${each.join(", and ")}. Whoever still signs in with it fails from the update on, until it fetches the new one.`,
  };
}

/** What a stack tells of each rotation: outputs "<daemon>.nextRotation" and "<daemon>.expiresOn". */
function schedulesIn(outputs: Properties): Map<string, number | undefined> {
  const entries = new Map(outputs.entries());
  const schedules = new Map<string, number | undefined>();
  for (const [name, text] of entries) {
    const daemon = /^(.+)\.nextRotation$/.exec(name)?.[1];
    if (daemon === undefined) continue;
    const overlap = Date.parse(entries.get(`${daemon}.expiresOn`) ?? "") - Date.parse(text);
    schedules.set(daemon, Number.isNaN(overlap) ? undefined : overlap);
  }
  return schedules;
}

function shortenedOverlaps({ before, after }: Estates): Risk[] {
  const later = schedulesIn(after.outputs);
  return [...schedulesIn(before.outputs)].flatMap(([daemon, overlap]) => {
    const next = later.get(daemon);
    if (overlap === undefined || next === undefined || next >= overlap) return [];
    const [from, to] = [daysBetween(0, overlap), daysBetween(0, next)];
    return [
      {
        kind: "overlap-shortened" as const,
        severity: "medium" as const,
        subject: daemon,
        text: `The overlap of ${daemon} shrinks from ${days(from)} to ${days(to)}: that is how long it has to fetch a new secret.`,
      },
    ];
  });
}

/** A daemon that stays, without the date of a next rotation. */
function droppedRotations({ before, after }: Estates): Risk[] {
  const later = schedulesIn(after.outputs);
  const ends = new Map(after.outputs.entries());
  return [...schedulesIn(before.outputs).keys()].flatMap((daemon) => {
    const end = ends.get(`${daemon}.expiresOn`);
    if (later.has(daemon) || end === undefined) return [];
    const text = `${daemon} no longer rotates: its secret ends on ${end}, and no new one will be made.`;
    return [{ kind: "rotation-dropped" as const, severity: "medium" as const, subject: daemon, text }];
  });
}

/** The same credential with a later end. A new generation of a schedule is another credential. */
function longerLives(estates: Estates, now: number, alreadyTold: ReadonlySet<string>): Risk[] {
  const parties = new Parties(estates);
  const earlier = new Map(credentialsIn(estates.before, parties).map((each) => [each.resource.urn, each]));
  return credentialsIn(estates.after, parties).flatMap(({ resource, ends, kind }) => {
    const before = earlier.get(resource.urn);
    if (before?.ends === undefined || ends === undefined || ends <= before.ends) return [];
    const told = `The ${kind} ${alreadyTold.has(resource.urn) ? "that replaces " : ""}${resource.name}`;
    return [
      {
        kind: "secret-lives-longer" as const,
        severity: "medium" as const,
        subject: resource.name,
        text: `${told} lives until ${dateOf(ends)} instead of ${dateOf(before.ends)}: ${days(daysBetween(now, ends))} from now.`,
      },
    ];
  });
}
