import { Reach } from "../model/reach";
import type { AccessReport, GrantRecord, PartyRecord } from "../model/schema";

/** Kinds of what access is to. All others hold access, or can be acted as. */
const thingKinds: ReadonlySet<string> = new Set([
  "secret",
  "vault",
  "file system",
  "storage account",
  "Data Lake Store account",
  "Machine Learning workspace",
  "Microsoft Graph permission",
  "application role",
  "directory",
  "resource",
  "resource group",
  "subscription",
  "management group",
  "scope",
]);

/** The report, with what its parts look up again and again. */
export class Facts {
  readonly reach: Reach;
  readonly daemons: readonly PartyRecord[];
  /** People, groups and programs that hold access, and are no daemon of the stacks. */
  readonly others: readonly PartyRecord[];
  readonly things: readonly PartyRecord[];
  private readonly parties: ReadonlyMap<string, PartyRecord>;

  constructor(readonly report: AccessReport) {
    this.reach = new Reach(report);
    this.parties = new Map(report.parties.map((party) => [party.id, party]));
    this.things = sorted(report.parties.filter(({ kind }) => thingKinds.has(kind)));
    const holders = report.parties.filter(({ kind }) => !thingKinds.has(kind));
    this.daemons = sorted(holders.filter(isOurs));
    this.others = sorted(holders.filter((party) => !isOurs(party)));
  }

  party(id: string): PartyRecord {
    const party = this.parties.get(id);
    if (party === undefined) throw new RangeError(`No party ${id}.`);
    return party;
  }

  /** What people call it. */
  label(id: string): string {
    return labelOf(this.party(id));
  }
}

const isOurs = ({ stack }: PartyRecord): boolean => stack !== undefined;

export const labelOf = ({ displayName, daemon, name }: PartyRecord): string => displayName ?? daemon ?? name;

/** Which side of the map it stands on. */
export const isThing = ({ kind }: PartyRecord): boolean => thingKinds.has(kind);

/** All that a search looks into. */
export const searchText = ({ name, displayName = "", daemon = "", azureId = "", kind }: PartyRecord): string =>
  `${name} ${displayName} ${daemon} ${azureId} ${kind}`.toLowerCase();

/** A grant in the words of a label. */
export const grantLabel = ({ what, kind, state }: GrantRecord): string =>
  kind === "graph-permission" || kind === "app-role" ? (state === "holds" ? "granted" : "awaits consent") : what;

const sorted = (parties: readonly PartyRecord[]): PartyRecord[] =>
  [...parties].sort((one, other) => one.kind.localeCompare(other.kind) || byNumber(labelOf(one), labelOf(other)));

/** "loader-2" before "loader-10". */
export const byNumber = new Intl.Collator("en", { numeric: true }).compare;
