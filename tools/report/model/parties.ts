import {
  application,
  applicationPassword,
  blobContainer,
  lakeStoreAccount,
  roleAssignment,
  servicePrincipal,
  storageAccount,
  userAssignedIdentity,
  vault,
  vaultSecret,
  workspace,
} from "../../../policy/rule/resourceTypes";
import type { Grant } from "../../review/access/grant";
import type { Estates } from "../../review/estate/estate";
import { daemonType, Parties, type Party } from "../../review/estate/parties";
import { placeOf } from "../../review/estate/places";
import { isOf, type Resource } from "../../review/estate/resource";
import { nameInUrn } from "../../engine/urns";
import type { PartyRecord } from "./schema";
import type { KnownNames } from "./sources";

/** Words for someone of whom nothing but an ID is known; a grant that knows more wins. */
const vagueKinds: ReadonlySet<string> = new Set(["owner", "principal"]);

/** Everyone and everything of a report, each once, with an ID of the report's own. */
export class PartyBook {
  private readonly byKey = new Map<string, Omit<PartyRecord, "id">>();
  private readonly ids = new Map<string, string>();
  /** Who made the stacks' role assignments, by Azure's own record. */
  private readonly deployers: ReadonlySet<string>;

  constructor(
    estates: Estates,
    private readonly names: KnownNames,
  ) {
    const parties = new Parties(estates);
    const resources = new Map(
      [...estates.before.resources, ...estates.after.resources].map((each) => [each.urn, each]),
    );
    this.deployers = new Set(
      [...resources.values()]
        .filter((each) => isOf(each, roleAssignment))
        .flatMap(({ outputs }) => outputs.lower("createdBy") ?? []),
    );
    for (const resource of resources.values()) this.addDeclared(resource, parties, resources);
  }

  /** Takes in both ends of a grant. */
  add(grant: Grant): void {
    this.addParty(grant.holder);
    this.addParty(grant.to);
    if (grant.kind === "network") this.openTo(grant);
  }

  /** The records in an order that depends on names alone. No party may be added afterwards. */
  records(): PartyRecord[] {
    const sorted = [...this.byKey].sort(([one, a], [other, b]) =>
      `${a.kind} ${a.name} ${one}`.localeCompare(`${b.kind} ${b.name} ${other}`),
    );
    sorted.forEach(([key], index) => this.ids.set(key, `p${index}`));
    const holders = holdersOf(sorted.map(([key, record]) => ({ key, ...record })));
    return sorted.map(([key, record]) => {
      const within = holders.get(key);
      return {
        id: this.idOf(key),
        ...record,
        ...(within !== undefined && { within: this.idOf(within) }),
        ...(record.credentialOf !== undefined && { credentialOf: this.idOf(record.credentialOf) }),
      };
    });
  }

  idOf(key: string): string {
    const id = this.ids.get(key);
    if (id === undefined) throw new RangeError(`No party ${key}.`);
    return id;
  }

  private addParty({ key, name, kind, displayName }: Party): void {
    if (key === "networks") return;
    const known = this.byKey.get(key);
    const looked = this.names.get(key);
    const azureId = known?.azureId ?? (/^[0-9a-f-]{36}$|^\/subscriptions\//i.test(key) ? key : undefined);
    const shownAs = known?.displayName ?? displayName ?? looked?.displayName;
    this.byKey.set(key, {
      ...known,
      name: known?.name ?? name,
      kind: this.kindOf(key, known?.kind, kind, looked?.kind),
      ...(shownAs !== undefined && { displayName: shownAs }),
      ...(azureId !== undefined && { azureId }),
    });
  }

  private kindOf(key: string, known: string | undefined, told: string, looked: string | undefined): string {
    if (known !== undefined && !vagueKinds.has(known)) return known;
    if (!vagueKinds.has(told)) return told;
    return looked ?? (this.deployers.has(key) ? "deployer" : told);
  }

  private openTo({ to, what }: Grant): void {
    const record = this.byKey.get(to.key);
    if (record && record.openTo?.includes(what) !== true) {
      this.byKey.set(to.key, { ...record, openTo: [...(record.openTo ?? []), what] });
    }
  }

  private addDeclared(resource: Resource, parties: Parties, resources: ReadonlyMap<string, Resource>): void {
    const party = declaredParty(resource, parties);
    if (party === undefined) return;
    this.addParty(party);
    const record = this.byKey.get(party.key);
    if (record === undefined || party.key !== resource.urn) return;
    const daemon = daemonOf(resource);
    const credentialOf = isOf(resource, vaultSecret) ? signsInAs(resource, parties, resources) : undefined;
    const azureId = resource.outputs.text("clientId") ?? resource.id;
    this.byKey.set(party.key, {
      ...record,
      stack: stackOf(resource.urn),
      ...(azureId !== undefined && { azureId }),
      ...(daemon !== undefined && !isOf(resource, vaultSecret) && { daemon }),
      ...(credentialOf !== undefined && { credentialOf: credentialOf.key }),
    });
    if (credentialOf !== undefined) this.addParty(credentialOf);
  }
}

/** The stack that a resource belongs to, as "project/stack". */
export function stackOf(urn: string): string {
  const [, stack = "", project = ""] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return `${project}/${stack}`;
}

function declaredParty(resource: Resource, parties: Parties): Party | undefined {
  if (isOf(resource, application, servicePrincipal, userAssignedIdentity)) return parties.canonical(resource);
  if (parties.isExisting(resource)) return parties.canonical(resource);
  if (isOf(resource, vault, vaultSecret, storageAccount, blobContainer, workspace, lakeStoreAccount))
    return placeOf(resource);
  return undefined;
}

const daemonOf = ({ type, parent, urn }: Resource): string | undefined => {
  const component = type === daemonType ? urn : parent;
  return component.includes(`::${daemonType}::`) ? nameInUrn(component) : undefined;
};

/** The identity whose client secret a vault secret holds: by what its value comes from, else by the component's tags. */
function signsInAs(secret: Resource, parties: Parties, resources: ReadonlyMap<string, Resource>): Party | undefined {
  const passwords = [...resources.values()].filter((each) => isOf(each, applicationPassword));
  const origins = new Set(secret.origins.byProperty["properties"] ?? []);
  const source = passwords.find(({ urn }) => origins.has(urn));
  if (source !== undefined) return parties.named(source, "applicationId", "application");
  const clientId = secret.inputs.text("tags.clientId");
  const tagged = clientId === undefined ? undefined : parties.withId(clientId, "application");
  const signers = new Set(passwords.map((each) => parties.named(each, "applicationId", "application").key));
  return tagged && signers.has(tagged.key) ? tagged : undefined;
}

/** What holds what, by the ID in Azure: a secret's vault, a file system's account, a vault's resource group … */
function holdersOf(
  records: readonly (Omit<PartyRecord, "id"> & { readonly key: string })[],
): ReadonlyMap<string, string> {
  const byId = new Map(
    records.flatMap(({ key, azureId }) =>
      azureId?.startsWith("/subscriptions/") === true ? [[azureId.toLowerCase(), key] as const] : [],
    ),
  );
  const holders = new Map<string, string>();
  for (const [id, key] of byId) {
    const parts = id.split("/");
    for (let length = parts.length - 1; length >= 3; length -= 1) {
      const holder = byId.get(parts.slice(0, length).join("/"));
      if (holder !== undefined) {
        holders.set(key, holder);
        break;
      }
    }
  }
  return holders;
}
