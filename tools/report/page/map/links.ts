import type { Path } from "../../model/reach";
import type { GrantRecord, PartyRecord } from "../../model/schema";
import { type Facts, grantLabel, labelOf } from "../facts";

/** A box of the drawing. */
export interface Box {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly side: "who" | "daemon" | "thing";
  /** The party that a click chooses; absent where the box stands for several. */
  readonly party?: string;
}

/** An arrow of the drawing. */
export interface Link {
  readonly from: Box;
  readonly to: Box;
  readonly labels: readonly string[];
  /** Grants that it stands for, or that lead over it to what they hold. */
  readonly grants: readonly string[];
  readonly style: "holds" | "awaits" | "indirect" | "gains" | "loses";
}

/** More arrows than this are drawn by groups of parties that hold and are held alike. */
const MOST_SINGLE = 70;

/** Collects arrows, one for all grants between two boxes. */
class Drawing {
  private readonly links = new Map<string, Link>();

  add(from: Box, to: Box, label: string, grant: string, style: Link["style"]): void {
    const key = `${from.id} ${to.id}`;
    const known = this.links.get(key);
    const labels = new Set([...(known?.labels ?? []), ...(label === "" ? [] : [label])]);
    const grants = new Set([...(known?.grants ?? []), grant]);
    this.links.set(key, {
      from,
      to,
      labels: [...labels],
      grants: [...grants],
      style: known === undefined ? style : known.style === style ? style : "holds",
    });
  }

  all(): Link[] {
    return [...this.links.values()];
  }
}

export function boxOf(party: PartyRecord, facts: Facts): Box {
  const side = facts.things.includes(party) ? "thing" : party.stack === undefined ? "who" : "daemon";
  return { id: party.id, label: labelOf(party), kind: party.kind, side, party: party.id };
}

const styleOf = ({ state, change }: GrantRecord, compares: boolean): Link["style"] =>
  compares && change !== "stays" ? change : state === "awaits consent" ? "awaits" : "holds";

/** Arrows for every grant; many are drawn by groups. */
export function overviewLinks(facts: Facts, grants: readonly GrantRecord[], compares = false): Link[] {
  const single = grants.length <= MOST_SINGLE;
  const box = single ? (id: string) => boxOf(facts.party(id), facts) : groupsOf(facts, grants);
  const drawing = new Drawing();
  for (const grant of grants) {
    drawing.add(box(grant.holder), box(grant.to), grantLabel(grant), grant.id, styleOf(grant, compares));
  }
  return drawing.all();
}

/** Parties of one kind that hold the same on the same kinds of things are one box. */
function groupsOf(facts: Facts, grants: readonly GrantRecord[]): (id: string) => Box {
  const marks = new Map<string, Set<string>>();
  const mark = (id: string, text: string): void => {
    marks.set(id, (marks.get(id) ?? new Set()).add(text));
  };
  for (const { holder, to, kind, what } of grants) {
    mark(holder, `${kind} ${what} > ${facts.party(to).kind}`);
    mark(to, `${kind} ${what} < ${facts.party(holder).kind}`);
  }
  const groups = new Map<string, string[]>();
  const keyOf = (id: string): string => JSON.stringify([facts.party(id).kind, [...(marks.get(id) ?? [])].sort()]);
  for (const id of marks.keys()) groups.set(keyOf(id), [...(groups.get(keyOf(id)) ?? []), id]);
  return (id) => {
    const members = groups.get(keyOf(id)) ?? [id];
    const first = boxOf(facts.party(members[0] ?? id), facts);
    if (members.length === 1) return first;
    return {
      id: `group-${first.id}`,
      label: `${members.length} × ${first.kind}`,
      kind: `${first.label}, …`,
      side: first.side,
    };
  };
}

/** Arrows for ways: through the secrets that let someone act as an identity, and down to what lies in what. */
export function pathLinks(facts: Facts, paths: readonly Path[]): Link[] {
  const drawing = new Drawing();
  const box = (id: string): Box => boxOf(facts.party(id), facts);
  for (const { to, grants } of paths) {
    grants.forEach((grant, index) => {
      drawing.add(
        box(grant.holder),
        box(grant.to),
        grantLabel(grant),
        grant.id,
        index === 0 && grants.length > 1 ? "indirect" : styleOf(grant, false),
      );
      const next = grants[index + 1]?.holder ?? to.id;
      for (const [from, into, label] of steps(facts, grant, next))
        drawing.add(box(from), box(into), label, grant.id, "indirect");
    });
  }
  return drawing.all();
}

/** From what a grant is on, to what it leads to. */
function steps(facts: Facts, grant: GrantRecord, next: string): [from: string, to: string, label: string][] {
  if (grant.to === next) return [];
  const secret = facts.report.parties.find(
    ({ id, credentialOf }) => credentialOf === next && isWithin(facts, id, grant.to),
  );
  if (secret === undefined) return [[grant.to, next, "holds"]];
  const signIn: [string, string, string] = [secret.id, next, "signs in as"];
  return secret.id === grant.to ? [signIn] : [[grant.to, secret.id, "holds"], signIn];
}

function isWithin(facts: Facts, id: string, holder: string): boolean {
  if (id === holder) return true;
  const { within } = facts.party(id);
  return within !== undefined && isWithin(facts, within, holder);
}
