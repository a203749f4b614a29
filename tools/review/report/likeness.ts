import { grouped } from "./grouped";
import { called } from "../access/words";
import type { Caused } from "./causes";
import type { Report } from "./schema";

type Change = Report["access"]["changes"][number];

/** Access changes that differ in who, or in what they are on, and in nothing else. */
export interface AlikeChanges {
  readonly first: Caused;
  readonly all: readonly Caused[];
  /** "10 applications", or the one holder. */
  readonly who: string;
  /** "10 secrets", or the one thing. */
  readonly what: string;
}

/** As many alike are told in one line. */
const FEWEST = 3;

/** Groups what one holder gains on many things, then what many gain on one thing, then what many gain each on its own. */
export function alike(changes: readonly Caused[]): AlikeChanges[] {
  const keys: readonly ((change: Change) => string)[] = [
    (change) => JSON.stringify([shape(change), change.holder.name, change.to.kind]),
    (change) => JSON.stringify([shape(change), change.holder.kind, change.to.name]),
    (change) => JSON.stringify([shape(change), change.holder.kind, change.to.kind]),
  ];
  let left = changes;
  const groups: (readonly Caused[])[] = [];
  for (const key of keys) {
    const by = grouped(left, ({ change, violations }) => (violations.length > 0 ? change.id : key(change)));
    const large = [...by.values()].filter((group) => group.length >= FEWEST);
    groups.push(...large);
    const taken = new Set(large.flat());
    left = left.filter((each) => !taken.has(each));
  }
  groups.push(...left.map((each) => [each]));
  const place = (group: readonly Caused[]): number => (group[0] ? changes.indexOf(group[0]) : 0);
  return groups.sort((one, other) => place(one) - place(other)).flatMap(described);
}

const shape = ({ kind, direction, before, after, weight }: Change): string =>
  JSON.stringify([kind, direction, before, after, weight]);

function described(all: readonly Caused[]): AlikeChanges[] {
  const [first] = all;
  if (first === undefined) return [];
  const { holder, to } = first.change;
  return [
    {
      first,
      all,
      who: counted(
        all.map(({ change }) => change.holder),
        holder,
      ),
      what: counted(
        all.map(({ change }) => change.to),
        to,
      ),
    },
  ];
}

function counted(parties: readonly Change["holder"][], one: Change["holder"]): string {
  const names = new Set(parties.map(({ name }) => name));
  return names.size === 1 ? called({ key: "", ...plainParty(one) }) : `${names.size} ${plural(one.kind)}`;
}

/** The schema's optional field may hold an undefined, the other one not. */
const plainParty = ({ name, kind, displayName }: Change["holder"]) => ({
  name,
  kind,
  ...(displayName !== undefined && { displayName }),
});

const plural = (kind: string): string => (kind.endsWith("y") ? `${kind.slice(0, -1)}ies` : `${kind}s`);
