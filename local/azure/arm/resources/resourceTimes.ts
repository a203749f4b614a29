import type { Collection, Store } from "../../store/store";
import type { Resource } from "./resourceIndex";

interface Times {
  readonly createdTime: string;
  readonly changedTime: string;
}

/** When top-level resources were made and last changed, as ARM itself keeps it, whatever their providers show. */
export class ResourceTimes {
  private readonly records: Collection<Times>;

  constructor(store: Store) {
    this.records = store.collection("arm.resourceTimes");
  }

  /** What is known: resources that the landing zone came with have their own record of it, or none. */
  of({ id, systemData }: Resource): Partial<Times> {
    const { createdAt, lastModifiedAt } = (systemData ?? {}) as { createdAt?: string; lastModifiedAt?: string };
    return (
      this.records.get(id.toLowerCase()) ?? {
        ...(createdAt !== undefined && { createdTime: createdAt }),
        ...(lastModifiedAt !== undefined && { changedTime: lastModifiedAt }),
      }
    );
  }

  written(id: string, now: Date): void {
    const changedTime = now.toISOString();
    const createdTime = this.records.get(id.toLowerCase())?.createdTime ?? changedTime;
    this.records.set(id.toLowerCase(), { createdTime, changedTime });
  }

  deleted(id: string): void {
    if (this.records.has(id.toLowerCase())) {
      this.records.delete(id.toLowerCase());
    }
  }
}
