import { abilitiesOn, overRights, type Ability } from "./abilities";
import type { AccessReport, GrantRecord, PartyRecord } from "./schema";

/** One way by which someone reaches something. */
export interface Path {
  readonly who: PartyRecord;
  readonly to: PartyRecord;
  readonly can: readonly Ability[];
  /** From the first grant to the last; more than one where someone acts as another. */
  readonly grants: readonly GrantRecord[];
  /**
   * - direct: by grants of one's own
   * - secret: by reading the secret that signs in as it
   * - as: by acting as an identity: its owner, whoever reads its secret, a trusted token
   * - rights: by giving oneself the right first
   */
  readonly how: "direct" | "secret" | "as" | "rights";
}

/** Answers who reaches what, over a report's grants. It follows an identity that someone can act as, and each thing once. */
export class Reach {
  private readonly parties: ReadonlyMap<string, PartyRecord>;
  private readonly byHolder = new Map<string, GrantRecord[]>();
  private readonly byTarget = new Map<string, GrantRecord[]>();
  private readonly contents = new Map<string, string[]>();
  private readonly credentials = new Map<string, string[]>();

  constructor(report: Pick<AccessReport, "parties" | "grants">, counts: (grant: GrantRecord) => boolean = holdsNow) {
    this.parties = new Map(report.parties.map((party) => [party.id, party]));
    for (const grant of report.grants.filter(counts)) {
      push(this.byHolder, grant.holder, grant);
      push(this.byTarget, grant.to, grant);
    }
    for (const { id, within, credentialOf } of report.parties) {
      if (within !== undefined) push(this.contents, within, id);
      if (credentialOf !== undefined) push(this.credentials, credentialOf, id);
    }
  }

  /** Everything that someone reaches. */
  from(who: string): Path[] {
    const start = this.party(who);
    const paths: Path[] = [];
    const seen = new Set<string>();
    const visit = (identity: string, before: readonly GrantRecord[]): void => {
      if (seen.has(identity)) return;
      seen.add(identity);
      for (const grant of this.byHolder.get(identity) ?? []) {
        for (const target of this.coveredBy(grant.to)) {
          const found = pathOf(start, target, [...before, grant]);
          if (found && target.id !== who) paths.push(found);
          const identityBehind = actsAs(grant, target);
          if (identityBehind === undefined) continue;
          if (identityBehind !== target.id && identityBehind !== who) {
            paths.push(signInPath(start, this.party(identityBehind), [...before, grant]));
          }
          visit(identityBehind, [...before, grant]);
        }
      }
    };
    visit(who, []);
    return paths;
  }

  /** Everyone who reaches something. */
  to(what: string): Path[] {
    const target = this.party(what);
    const paths: Path[] = [];
    const seen = new Set<string>();
    for (const holder of this.holdersOf(target)) {
      for (const grant of this.byTarget.get(holder) ?? []) {
        const found = pathOf(this.party(grant.holder), target, [grant]);
        if (found) paths.push(found);
        this.actors(grant.holder, [grant], target, pathOf, paths, seen);
      }
    }
    for (const grant of this.secretReaders(what)) {
      if (grant.holder === what) continue;
      paths.push(signInPath(this.party(grant.holder), target, [grant]));
      this.actors(grant.holder, [grant], target, signInPath, paths, seen);
    }
    return paths;
  }

  /** Grants by which someone reads a secret that signs in as an identity. */
  private secretReaders(identity: string): GrantRecord[] {
    const places = (this.credentials.get(identity) ?? []).flatMap((secret) => this.holdersOf(this.party(secret)));
    return [...new Set(places)]
      .flatMap((place) => this.byTarget.get(place) ?? [])
      .filter(({ allows }) => allows.includes("read secrets"));
  }

  /** Who can act as an identity that reaches the target. */
  private actors(
    identity: string,
    after: readonly GrantRecord[],
    target: PartyRecord,
    told: (who: PartyRecord, to: PartyRecord, grants: readonly GrantRecord[]) => Path | undefined,
    paths: Path[],
    seen: Set<string>,
  ): void {
    const key = `${identity} ${after.map(({ id }) => id).join(" ")}`;
    if (seen.has(key) || after.length > LONGEST_CHAIN) return;
    seen.add(key);
    const acting = (this.byTarget.get(identity) ?? []).filter(({ allows }) => allows.includes("act as it"));
    for (const grant of [...acting, ...this.secretReaders(identity)]) {
      if (after.includes(grant) || grant.holder === identity || grant.holder === target.id) continue;
      const chain = [grant, ...after];
      const found = told(this.party(grant.holder), target, chain);
      if (found) paths.push(found);
      this.actors(grant.holder, chain, target, told, paths, seen);
    }
  }

  /** The thing itself and all that lies in it. */
  private coveredBy(id: string): PartyRecord[] {
    return [this.party(id), ...(this.contents.get(id) ?? []).flatMap((each) => this.coveredBy(each))];
  }

  /** The thing itself and all that it lies in. */
  private holdersOf(party: PartyRecord): string[] {
    return [party.id, ...(party.within === undefined ? [] : this.holdersOf(this.party(party.within)))];
  }

  private party(id: string): PartyRecord {
    const party = this.parties.get(id);
    if (party === undefined) throw new RangeError(`No party ${id}.`);
    return party;
  }
}

/** Someone who acts as someone who acts as someone … is told up to this length. */
const LONGEST_CHAIN = 4;

/** What is so after the change, and needs nobody's consent any more. */
const holdsNow = ({ state, change }: GrantRecord): boolean => state === "holds" && change !== "loses";

/** The identity that a grant on a thing lets its holder act as. */
function actsAs({ allows }: GrantRecord, { id, credentialOf }: PartyRecord): string | undefined {
  if (allows.includes("act as it") && credentialOf === undefined) return id;
  return allows.includes("read secrets") ? credentialOf : undefined;
}

function pathOf(who: PartyRecord, to: PartyRecord, grants: readonly GrantRecord[]): Path | undefined {
  const last = grants.at(-1);
  if (last === undefined) return undefined;
  const counting = abilitiesOn(to.kind);
  const rights = last.allows.filter((ability) => overRights.includes(ability));
  const own = last.allows.filter((ability) => counting?.includes(ability) ?? true);
  const can = [...new Set([...own, ...rights])];
  // A role that this report doesn't know is told on the thing that it is on.
  const isUnknown = last.allows.length === 0 && last.to === to.id;
  if (own.length > 0 || isUnknown) return { who, to, can, grants, how: grants.length > 1 ? "as" : "direct" };
  return rights.length > 0 ? { who, to, can, grants, how: "rights" } : undefined;
}

/** The way of whoever reads an identity's secret. */
const signInPath = (who: PartyRecord, to: PartyRecord, grants: readonly GrantRecord[]): Path => ({
  who,
  to,
  can: ["act as it"],
  grants,
  how: grants.length > 1 ? "as" : "secret",
});

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
