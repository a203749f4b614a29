import type { PropertyMap } from "./values";

/** Which resource a request is about. */
export interface Subject {
  readonly urn: string;
  /** For example `azure-native:keyvault:Vault`. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
}

/** How the engine wants an automatic name made, where the stack configures that. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface CheckRequest extends Subject {
  /** Inputs of the last deployment, empty at first. */
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  /** Where random names come from, so that a preview and its update name alike. Empty where the engine gives none. */
  readonly randomSeed: Uint8Array;
  readonly autonaming?: Autonaming;
}

export interface CheckFailure {
  /** Empty where the reason names the property itself. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends Subject {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  /** The outputs of the last deployment. */
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export type ChangeKind = "add" | "delete" | "update";

export interface PropertyChange {
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

export interface DiffResult {
  /** By property path, for example `properties.sku.name` or `tags.owner`. Empty: no change. */
  readonly changes: ReadonlyMap<string, PropertyChange>;
  readonly deleteBeforeReplace: boolean;
}

export interface CreateRequest extends Subject {
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

export interface CreateResult {
  /** Empty in a preview. */
  readonly id: string;
  readonly outputs: PropertyMap;
}

export interface ReadRequest extends Subject {
  readonly id: string;
  readonly olds: PropertyMap;
  /** Undefined at an import. */
  readonly oldInputs?: PropertyMap;
}

/** Undefined: the resource is gone. */
export type ReadResult =
  { readonly id: string; readonly inputs: PropertyMap; readonly outputs: PropertyMap } | undefined;

export interface UpdateRequest extends Subject {
  readonly id: string;
  readonly olds: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly news: PropertyMap;
  readonly preview: boolean;
}

export interface DeleteRequest extends Subject {
  readonly id: string;
  readonly olds: PropertyMap;
  readonly oldInputs: PropertyMap;
}

/**
 * What is left in Azure of a creation whose end nobody knows: a resource with an ID to take it over by; "removed" where it
 * could not be taken over and so was deleted; undefined where there is nothing.
 */
export type Leftover = { readonly id: string } | "removed" | undefined;

/** A Pulumi package's provider, free of the wire protocol. Whatever it throws reaches the user as its message. */
export interface PackageProvider {
  /** The package, for example "azuread". */
  readonly name: string;
  readonly version: string;
  /** Takes the provider's configuration by plain key, for example "tenantId". Called before anything below. */
  configure(variables: ReadonlyMap<string, string>): void;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<CreateResult>;
  read(request: ReadRequest): Promise<ReadResult>;
  update(request: UpdateRequest): Promise<PropertyMap>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: PropertyMap): Promise<PropertyMap>;
  /** Gives up what is under way: nobody waits for it any more. */
  close(): void;
}
