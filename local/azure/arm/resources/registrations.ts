import type { Collection, Store } from "../../store/store";
import { needsRegistration } from "../resourceTypes";

/** Which provider namespaces the subscription is registered for. */
export class Registrations {
  private readonly records: Collection<string>;

  constructor(store: Store) {
    this.records = store.collection("arm.registrations");
  }

  has(namespace: string): boolean {
    return !needsRegistration(namespace) || this.records.has(namespace.toLowerCase());
  }

  add(namespace: string): void {
    if (!this.has(namespace)) {
      this.records.set(namespace.toLowerCase(), namespace);
    }
  }

  remove(namespace: string): void {
    this.records.delete(namespace.toLowerCase());
  }
}
