import { Random } from "./random";

/** Kinds of request that are disturbed, by "METHOD path". */
export const requestKinds = {
  application: /^POST \/v1\.0\/applications$/,
  principal: /^POST \/v1\.0\/servicePrincipals$/,
  password: /\/addPassword$/,
  revocation: /\/removePassword$/,
  grant: /^POST .*\/appRoleAssignedTo$/,
  secret: /^PUT .*\/vaults\/[^/]+\/secrets\/[^/]+$/,
  role: /^PUT .*\/providers\/Microsoft\.Authorization\/roleAssignments\//,
  fileSystem: /^PUT .*\/containers\/[^/]+$/,
  deletion: /^DELETE /,
} as const;

export type RequestKind = keyof typeof requestKinds;

/** "drop" lets the service act, and loses the answer. */
export type Answer = 429 | 500 | 503 | "drop";

/** What happens on a day beside the schedule. Daemons are counted modulo those that there are. */
export type Happening =
  | { readonly kind: "leak"; readonly daemon: number }
  | { readonly kind: "addDaemon"; readonly everyDays: number; readonly overlapDays: number }
  | { readonly kind: "removeDaemon"; readonly daemon: number }
  | { readonly kind: "changeRole"; readonly daemon: number }
  | { readonly kind: "changePermissions"; readonly daemon: number }
  | { readonly kind: "drift"; readonly daemon: number; readonly what: "role" | "grant" | "password" | "tags" }
  | { readonly kind: "fault"; readonly request: RequestKind; readonly answer: Answer; readonly times: number }
  /** A scenario of local/faults is in force for the day's first run. */
  | { readonly kind: "scenario"; readonly name: string }
  | { readonly kind: "kill"; readonly request: RequestKind }
  | { readonly kind: "restart" }
  /** A run on a day on which nothing is due. */
  | { readonly kind: "idleRun" };

export type SoakEvent = Happening & {
  /** Its number in what the seed gives, by which a smaller run names it. */
  readonly id: number;
  readonly day: number;
};

/** How many days lie between two days with an event, on average. */
const meanGap = 26;

const requests = Object.keys(requestKinds) as [RequestKind, ...RequestKind[]];
const answers: readonly [Answer, ...Answer[]] = [429, 500, 503, "drop"];
/** Scenarios after which the same command again is green: what makes others end is not there by chance. */
const scenarios = [
  "arm-503",
  "arm-role-assignment-throttled",
  "flaky-network",
  "graph-add-password-conflict",
  "graph-add-password-unavailable",
  "graph-password-flapping",
  "graph-too-many-requests",
  "lost-answers",
] as const;
const drifts = ["role", "grant", "password", "tags"] as const;

/** The events of a seed. A longer walk begins with those of a shorter one. */
export function eventsOf(seed: number, days: number): SoakEvent[] {
  const random = new Random(seed);
  const events: SoakEvent[] = [];
  let day = 1;
  while ((day += 1 + random.below(2 * meanGap)) < days) {
    for (const happening of happeningsOfDay(random)) events.push({ ...happening, id: events.length, day });
  }
  return events;
}

/** What is disturbed is worth a disturbance: a change comes with one half of the time. */
function happeningsOfDay(random: Random): Happening[] {
  const change = changeOf(random);
  const disturbance = disturbanceOf(random);
  return random.chance(0.6) ? [change, disturbance] : [change];
}

function changeOf(random: Random): Happening {
  const daemon = random.below(1000);
  const overlapDays = 7 + random.below(21);
  const draw = random.next();
  if (draw < 0.2) return { kind: "leak", daemon };
  if (draw < 0.4) return { kind: "addDaemon", everyDays: 90 + random.below(90), overlapDays };
  if (draw < 0.5) return { kind: "removeDaemon", daemon };
  if (draw < 0.62) return { kind: "changeRole", daemon };
  if (draw < 0.74) return { kind: "changePermissions", daemon };
  if (draw < 0.92) return { kind: "drift", daemon, what: random.oneOf(drifts) };
  return { kind: "idleRun" };
}

function disturbanceOf(random: Random): Happening {
  const request = random.oneOf(requests);
  const draw = random.next();
  if (draw < 0.45) return { kind: "kill", request };
  if (draw < 0.7) return { kind: "scenario", name: random.oneOf(scenarios) };
  if (draw < 0.92) return { kind: "fault", request, answer: random.oneOf(answers), times: 1 + random.below(5) };
  return { kind: "restart" };
}
