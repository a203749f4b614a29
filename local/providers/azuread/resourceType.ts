import type { DeployerCredentials } from "../rest/credentials";
import type { Leftover } from "../server/packageProvider";
import type { PropertyMap } from "../server/values";
import type { Attributes } from "./attributes";
import type { GraphClient } from "./graphClient";
import type { Locks } from "./locks";

/** What the operations of a type work with. */
export interface Directory {
  readonly graph: GraphClient;
  readonly locks: Locks;
  readonly credentials: DeployerCredentials;
  /** The deployer's service principal, by object ID. */
  callerId(): Promise<string>;
}

/** What a resource is, as read back. */
export interface Found {
  readonly id: string;
  readonly state: PropertyMap;
}

/** How far a creation has come, for whoever has to tell of its failure. */
export interface CreationProgress {
  /** The resource is there, and the real provider knows it from here on, whatever fails. */
  id?: string;
  /** The service may have made it; the real provider does not know it yet. */
  written?: boolean;
}

/** One type of resource of the azuread package. */
export interface ResourceType {
  /** For example `azuread:index/application:Application`. */
  readonly type: string;
  readonly attributes: Attributes;
  /** How long an operation may take, minutes. @default 5 for each */
  readonly timeouts?: { readonly create?: number; readonly update?: number };
  /** Whether an existing one can be imported. @default true */
  readonly importable?: boolean;
  /** Whether an orphaned create can only be removed, and signs the application in until it is. @default false */
  readonly orphanStaysValid?: boolean;
  /**
   * Judges inputs before anything is done, in a preview too.
   * @param previous the last state; undefined where there is none
   */
  plan?(directory: Directory, inputs: PropertyMap, previous: PropertyMap | undefined): Promise<void>;
  create(directory: Directory, inputs: PropertyMap, progress: CreationProgress): Promise<Found>;
  /**
   * @param previous the last state, for what Graph does not tell; empty at an import
   * @returns undefined where it is gone
   */
  read(directory: Directory, id: string, previous: PropertyMap): Promise<Found | undefined>;
  /** Absent where every change replaces. */
  update?(directory: Directory, id: string, inputs: PropertyMap, previous: PropertyMap): Promise<Found>;
  delete(directory: Directory, id: string, state: PropertyMap): Promise<void>;
  /**
   * What inputs of an unfinished create have made. Where it can't be taken over, it is removed.
   *
   * @param known IDs that the state has, which are nobody's leftovers
   */
  findPending(directory: Directory, inputs: PropertyMap, known: ReadonlySet<string>): Promise<Leftover>;
}

/** A new resource that the service does not know when it is read back: the provider has nothing to put into the state. */
export class MissingAfterCreationError extends Error {
  constructor() {
    super("expected non-empty ID for new state during Create");
    this.name = "MissingAfterCreationError";
  }
}

/** @throws MissingAfterCreationError where it was not found */
export function createdNow(found: Found | undefined): Found {
  if (found === undefined) {
    throw new MissingAfterCreationError();
  }
  return found;
}

/** The last part of a resource's ID, for example the object ID of `/applications/<object id>`. */
export const lastPart = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
