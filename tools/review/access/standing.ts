import type { Party } from "../estate/parties";
import type { Access } from "./changes";
import type { Grant } from "./grant";

/** Where an application's Graph permissions stand after the change. */
export interface ConsentState {
  readonly application: Party;
  /** Granted by the program itself. */
  readonly granted: readonly string[];
  /** Requested and not granted by the program: they hold once an administrator consents. */
  readonly awaiting: readonly string[];
}

/** Who can read one secret, or all of a vault's, after the change. */
export interface SecretReaders {
  readonly secret: Party;
  readonly readers: readonly Party[];
}

export function consentStates({ after }: Access): ConsentState[] {
  const permissions = after.filter(({ kind }) => kind === "graph-permission");
  return byParty(permissions, ({ holder }) => holder).map(([application, grants]) => {
    const granted = namesOf(grants.filter(({ what }) => what === "granted"));
    const requested = namesOf(grants.filter(({ what }) => what === "requested"));
    return { application, granted, awaiting: requested.filter((name) => !granted.includes(name)) };
  });
}

export function secretReaders({ after }: Access): SecretReaders[] {
  const reading = after.filter(({ kind }) => kind === "secret-reader");
  return byParty(reading, ({ to }) => to).map(([secret, grants]) => ({
    secret,
    readers: byParty(grants, ({ holder }) => holder).map(([reader]) => reader),
  }));
}

const namesOf = (grants: readonly Grant[]): string[] => [...new Set(grants.map(({ to }) => to.name))].sort();

function byParty(grants: readonly Grant[], of: (grant: Grant) => Party): [Party, Grant[]][] {
  const groups = new Map<string, [Party, Grant[]]>();
  for (const grant of grants) {
    const party = of(grant);
    const [, known] = groups.get(party.key) ?? [party, []];
    groups.set(party.key, [party, [...known, grant]]);
  }
  return [...groups.values()].sort(([one], [other]) => one.name.localeCompare(other.name));
}
