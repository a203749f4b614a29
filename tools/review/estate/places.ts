import {
  blobContainer,
  lakeStoreAccount,
  storageAccount,
  vault,
  vaultSecret,
  workspace,
} from "../../../policy/rule/resourceTypes";
import type { Estates } from "./estate";
import type { Party } from "./parties";
import { isOf, type Resource } from "./resource";

const declaredKinds = [
  [vault, "vault"],
  [vaultSecret, "secret"],
  [storageAccount, "storage account"],
  [blobContainer, "file system"],
  [workspace, "Machine Learning workspace"],
  [lakeStoreAccount, "Data Lake Store account"],
] as const;

/** Azure's types by the path of an ID, the innermost last. */
const idKinds: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets\/([^/]+)$/i, "secret"],
  [/\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i, "vault"],
  [/\/blobServices\/default\/containers\/([^/]+)$/i, "file system"],
  [/\/providers\/Microsoft\.Storage\/storageAccounts\/([^/]+)$/i, "storage account"],
  [/\/providers\/Microsoft\.MachineLearningServices\/workspaces\/([^/]+)$/i, "Machine Learning workspace"],
  [/\/providers\/[^/]+\/[^/]+\/(?:[^/]+\/[^/]+\/)*([^/]+)$/i, "resource"],
  [/\/resourceGroups\/([^/]+)$/i, "resource group"],
  [/^\/subscriptions\/([^/]+)$/i, "subscription"],
  [/\/managementGroups\/([^/]+)$/i, "management group"],
];

/** Finds what a scope is, in words. */
export class Places {
  private readonly byId = new Map<string, Resource>();
  private readonly byUrn = new Map<string, Resource>();

  constructor({ before, after }: Estates) {
    for (const resource of [...before.resources, ...after.resources].filter((each) => kindOf(each) !== undefined)) {
      this.byUrn.set(resource.urn, resource);
      if (resource.id !== undefined) this.byId.set(resource.id.toLowerCase(), resource);
    }
  }

  /** The scope of a role assignment. */
  scopeOf(assignment: Resource): Party {
    const scope = assignment.inputs.text("scope");
    if (scope !== undefined) return this.withId(scope);
    const { all, byProperty } = assignment.origins;
    const known = (urns: readonly string[] = []): Resource[] => urns.flatMap((urn) => this.byUrn.get(urn) ?? []);
    // The scope's own origin is the account or the vault; what the assignment waits for besides is the part of it.
    const owners = known(byProperty["scope"]);
    const parts = known(all).filter((each) => isOf(each, vaultSecret, blobContainer));
    const place = (parts.length === 1 ? parts[0] : undefined) ?? (owners.length === 1 ? owners[0] : undefined);
    if (place) return placeOf(place);
    return { key: `pending ${assignment.urn} scope`, name: "a scope that is known after the update", kind: "scope" };
  }

  withId(id: string): Party {
    const trimmed = id.replace(/\/+$/, "");
    const declared = this.byId.get(trimmed.toLowerCase());
    if (declared) return placeOf(declared);
    for (const [pattern, kind] of idKinds) {
      const name = pattern.exec(trimmed)?.[1];
      if (name !== undefined) return { key: trimmed.toLowerCase(), name, kind };
    }
    return { key: trimmed.toLowerCase(), name: trimmed === "" ? "the whole tenant" : trimmed, kind: "scope" };
  }
}

export function placeOf(resource: Resource): Party {
  return { key: resource.urn, name: resource.name, kind: kindOf(resource) ?? "resource" };
}

const kindOf = (resource: Resource): string | undefined => declaredKinds.find(([type]) => isOf(resource, type))?.[1];
