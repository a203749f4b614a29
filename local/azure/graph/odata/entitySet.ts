import type { JsonObject, JsonValue } from "../../entra/records";
import type { GraphContext } from "../context";

/** What a relationship of an entity leads to, for `$expand`. */
export type Related = (entity: JsonObject, context: GraphContext) => readonly JsonValue[];

/** A kind of entity, and which questions Graph answers about it. */
export interface EntitySet {
  /** The set's name in `@odata.context`, for example "applications". */
  readonly set: string;
  /** The entity's name as errors write it, for example "Application". */
  readonly resource: string;
  /** Every property that Graph documents of it, but for {@link lacking}. */
  readonly known: readonly string[];
  /** Paths that it can be filtered by, for example `displayName` or `web/homePageUrl`. */
  readonly properties: readonly string[];
  /** Properties that Graph has and local Azure lacks. @default none */
  readonly lacking?: readonly string[];
  /** What is shown unless the request selects. @default everything */
  readonly shown?: readonly string[];
  /** Properties that lists can be ordered by. @default displayName */
  readonly sortable?: readonly string[];
  /** Those beside them that only requests with `ConsistencyLevel: eventual` order by. @default none */
  readonly sortableEventually?: readonly string[];
  /** Properties that `$search` looks through. @default displayName */
  readonly searchable?: readonly string[];
  /** Relationships that `$expand` shows. @default none */
  readonly related?: Readonly<Record<string, Related>>;
  /** Whether its lists are of objects in the directory, which ask for `ConsistencyLevel: eventual`. @default true */
  readonly inDirectory?: boolean;
}
