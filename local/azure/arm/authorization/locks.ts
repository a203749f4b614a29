import type { Collection, Store } from "../../store/store";
import type { SystemData } from "../systemData";
import { isWithin, scopeKey } from "./scope";

export const lockLevels = ["CanNotDelete", "ReadOnly"] as const;

export interface Lock {
  readonly name: string;
  /** What it locks, with all that lies below. */
  readonly scope: string;
  readonly level: (typeof lockLevels)[number];
  readonly notes?: string;
  readonly owners?: readonly { readonly applicationId: string }[];
  readonly systemData: SystemData;
}

/** What a request does to its scope. */
export type LockedOperation = "write" | "delete";

/** Management locks, by scope and name. */
export class Locks {
  private readonly records: Collection<Lock>;

  constructor(store: Store) {
    this.records = store.collection("arm.locks");
  }

  get(scope: string, name: string): Lock | undefined {
    return this.records.get(key(scope, name));
  }

  all(): Lock[] {
    return [...this.records.values()];
  }

  set(lock: Lock): void {
    this.records.set(key(lock.scope, lock.name), lock);
  }

  delete(lock: Lock): void {
    this.records.delete(key(lock.scope, lock.name));
  }

  /**
   * The locked scopes that forbid an operation at a scope: a lock above forbids what is below it, and nothing that
   * holds a locked thing can be deleted.
   */
  forbidding(scope: string, operation: LockedOperation): string[] {
    const forbids = (lock: Lock): boolean =>
      operation === "delete"
        ? isWithin(scope, lock.scope) || isWithin(lock.scope, scope)
        : lock.level === "ReadOnly" && isWithin(scope, lock.scope);
    return [
      ...new Set(
        this.all()
          .filter(forbids)
          .map((lock) => lock.scope),
      ),
    ];
  }
}

const key = (scope: string, name: string): string => `${scopeKey(scope)}|${name.toLowerCase()}`;
