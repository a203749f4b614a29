import type { Fault } from "../../local/azure/conditions/faults/fault";
import { scenarioFrom } from "../../local/azure/conditions/faults/scenarioFiles";
import { stateFile } from "../../local/stack/stateFile";
import { projectRoot } from "../../local/stateDirectory";
import { filesIn, leaks, recordsIn, SecretCollector } from "../engine/support/secrets";
import { Administrator } from "../support/delivery";
import { declared, lakeRoles, permissions, settingsText, type DaemonSettings } from "./configuration";
import { DaemonPrograms } from "./daemonPrograms";
import { drift } from "./drift";
import { requestKinds, type Happening, type RequestKind } from "./events";
import { problemsOf } from "./invariants";
import { SoakStack, type SoakRun } from "./soakStack";
import { tenantOf } from "./tenant";
import { join } from "node:path";
import { rmSync } from "node:fs";

const DAY = 24 * 60 * 60 * 1000;
const firstDay = Date.parse("2027-01-01T00:00:00Z");
/** How often a pipeline runs again on a day on which its run fails. */
const runsADay = 3;

const initial: readonly DaemonSettings[] = [
  daemonNamed(0, 97, 14, "2026-11-20T00:00:00Z"),
  daemonNamed(1, 150, 21, "2026-12-15T00:00:00Z"),
];

function daemonNamed(number: number, everyDays: number, overlapDays: number, startsAt: string): DaemonSettings {
  const rotation = { startsAt, everyDays, overlapDays };
  return { name: `daemon-${number}`, rotation, role: lakeRoles[0], permissions: [permissions[0]] };
}

/** A stack, its tenant and its daemons, from one day to the next. */
export class World {
  /** How often the engine has run. */
  runs = 0;
  private daemons = initial;
  private made = initial.length;
  /** What the last run that went well has declared. */
  private standing = "";
  private readonly administrator: Administrator;
  private readonly programs: DaemonPrograms;
  private readonly secrets: SecretCollector;
  private readonly scanned = new Set<string>();
  private readonly told = new Map<string, string>();

  private constructor(
    private readonly stack: SoakStack,
    private readonly landingZone: ReadonlySet<string>,
  ) {
    this.administrator = new Administrator(stack.local);
    this.programs = new DaemonPrograms(stack.local);
    this.secrets = new SecretCollector(stack.local);
  }

  static async open(seed: number): Promise<World> {
    const stack = await SoakStack.open(at(0, 5), settingsText(at(0, 6), initial), seed);
    const { assignments, resources } = await tenantOf(new Administrator(stack.local), new Set());
    return new World(stack, new Set([...assignments.map(({ id }) => id), ...resources]));
  }

  /** A day with what happens on it: a run in the morning where one is due, and the daemons at noon. @returns problems */
  async live(day: number, happenings: readonly Happening[]): Promise<string[]> {
    this.stack.local.clock.set(at(day, 6));
    const drifted: string[] = [];
    for (const happening of happenings) {
      if (happening.kind === "restart") await this.restart();
      else if (happening.kind === "drift") drifted.push(...(await this.drift(happening)));
      else this.configure(happening, at(day, 6));
    }
    const isDue = declared(at(day, 6), this.daemons) !== this.standing;
    const problems = isDue || happenings.length > 0 ? await this.runOn(day, happenings, drifted, isDue) : [];
    this.stack.local.clock.set(at(day, 12));
    return [...problems, ...(await this.programs.noon(day, this.daemons, isDue || happenings.length > 0))];
  }

  /** Looks for secrets in everything that the walk has left, and ends it. */
  async end(): Promise<string[]> {
    this.secrets.end();
    await this.stack.close({ keepsState: true });
    const { path } = this.stack.state;
    const places = new Map([...filesIn(path), ...this.told, ["the store", await recordsIn(join(path, "store"))]]);
    const kept = new Map([...this.secrets.found].filter(([, what]) => !/token/.test(what)));
    rmSync(path, { recursive: true, force: true });
    return leaks(kept, places);
  }

  private configure(happening: Happening, now: string): void {
    const change = (daemon: number, changed: (old: DaemonSettings) => DaemonSettings): void => {
      const chosen = daemon % this.daemons.length;
      this.daemons = this.daemons.map((each, index) => (index === chosen ? changed(each) : each));
    };
    if (happening.kind === "leak") {
      change(happening.daemon, (old) => ({ ...old, rotateNow: now }));
      this.programs.revoke(this.daemons[happening.daemon % this.daemons.length]?.name ?? "");
    }
    if (happening.kind === "addDaemon" && this.daemons.length < 4) {
      const { everyDays, overlapDays } = happening;
      const startsAt = `${now.slice(0, 10)}T00:00:00Z`;
      this.daemons = [...this.daemons, daemonNamed(this.made, everyDays, overlapDays, startsAt)];
      this.made += 1;
    }
    if (happening.kind === "removeDaemon" && this.daemons.length > 1) {
      const gone = happening.daemon % this.daemons.length;
      this.daemons = this.daemons.filter((_, index) => index !== gone);
    }
    if (happening.kind === "changeRole") {
      change(happening.daemon, (old) => ({ ...old, role: old.role === lakeRoles[0] ? lakeRoles[1] : lakeRoles[0] }));
    }
    if (happening.kind === "changePermissions") {
      change(happening.daemon, (old) => ({
        ...old,
        permissions: old.permissions.length === 1 ? [...permissions] : [permissions[0]],
      }));
    }
  }

  private async drift(happening: Extract<Happening, { kind: "drift" }>): Promise<string[]> {
    const { name } = this.daemons[happening.daemon % this.daemons.length] ?? { name: "" };
    const tenant = await tenantOf(this.administrator, this.landingZone);
    if (happening.what === "password") this.programs.revoke(name);
    return await drift(this.administrator, tenant, happening.what, name);
  }

  private async restart(): Promise<void> {
    await this.stack.local.restart();
    this.secrets.listen(this.stack.local);
  }

  private async runOn(
    day: number,
    happenings: readonly Happening[],
    drifted: readonly string[],
    isDue: boolean,
  ): Promise<string[]> {
    const settings = settingsText(at(day, 6), this.daemons);
    const fault = happenings.find((each) => each.kind === "fault");
    const scenario = happenings.find((each) => each.kind === "scenario");
    const kill = happenings.find((each) => each.kind === "kill");
    const isDisturbed = fault !== undefined || scenario !== undefined || kill !== undefined;
    if (drifted.length > 0) {
      const refreshed = await this.run("refresh", settings, day);
      if (!refreshed.ok) return [`refresh failed: ${refreshed.told.join("; ")}`];
    }
    if (scenario !== undefined) this.stack.local.azure.faults.enact(scenarioFrom(scenario.name));
    if (fault !== undefined) this.stack.local.azure.faults.add(faultOf(fault));
    let run = await this.run("up", settings, day, kill && firstOf(kill.request));
    const first = run;
    this.stack.local.azure.faults.clear();
    for (let again = 1; !run.ok && again < runsADay; again += 1) run = await this.run("up", settings, day);
    if (!run.ok) return [`up still fails after ${runsADay} runs: ${run.told.join("; ")}`];
    this.standing = declared(at(day, 6), this.daemons);

    const problems: string[] = [];
    if (!first.ok && !isDisturbed) problems.push(`up failed: ${first.told.join("; ")}`);
    const isIdle = !isDue && drifted.length === 0;
    if (isIdle && first.ok && first.steps.length > 0) {
      problems.push(`nothing was due, and up did: ${first.steps.join(", ")}`);
    }
    const plan = isIdle ? run : await this.run("preview", settings, day);
    if (!plan.ok || (!isIdle && plan.steps.length > 0)) {
      problems.push(`a preview after it: ${[...plan.steps, ...plan.told].join(", ")}`);
    }
    const tenant = await tenantOf(this.administrator, this.landingZone);
    const file = stateFile(this.stack.state, projectRoot, "dev");
    return [...problems, ...problemsOf(tenant, file, this.daemons), ...this.newLeaks()];
  }

  private async run(
    kind: "up" | "preview" | "refresh",
    settings: string,
    day: number,
    killAt?: Parameters<SoakStack["run"]>[2],
  ): Promise<SoakRun> {
    this.runs += 1;
    const run = await this.stack.run(kind, settings, killAt);
    this.told.set(`what run ${this.runs} told, on day ${day}`, run.told.join("\n"));
    return run;
  }

  /** Secrets that have come up since the last look. */
  private newLeaks(): string[] {
    const fresh = [...this.secrets.found].filter(([secret]) => !this.scanned.has(secret));
    for (const [secret] of fresh) this.scanned.add(secret);
    return leaks(new Map(fresh), new Map([...filesIn(this.stack.state.path), ...this.told]));
  }
}

/** The moment of an hour of a day, RFC 3339. */
const at = (day: number, hour: number): string => new Date(firstDay + day * DAY + hour * (DAY / 24)).toISOString();

const matches = (kind: RequestKind, method: string, path: string): boolean =>
  requestKinds[kind].test(`${method} ${path}`);

/** The engine has not heard the answer then. */
function firstOf(kind: RequestKind): (record: { readonly method: string; readonly path: string }) => boolean {
  let isDone = false;
  return ({ method, path }) => {
    if (isDone || !matches(kind, method, path)) return false;
    isDone = true;
    return true;
  };
}

function faultOf({ request, answer, times }: Extract<Happening, { kind: "fault" }>): Fault {
  return {
    times,
    matches: ({ method, path }) => matches(request, method, path),
    answer:
      answer === "drop"
        ? "drop"
        : {
            status: answer,
            headers: { "retry-after": "0" },
            body: { error: { code: "InjectedFault", message: "Injected by the soak." } },
          },
  };
}
