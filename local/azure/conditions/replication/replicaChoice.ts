import { randomStream, type RandomStream } from "../seed";
import { replicaCounts, type Reader } from "./facts";
import type { Place } from "./history";

/** Leads each read to one of its reader's replicas. */
export class ReplicaChoice {
  private readonly streams: ReadonlyMap<Reader, RandomStream>;

  constructor(random: RandomStream) {
    const seed = Math.floor(random() * 2 ** 32);
    const readers = Object.keys(replicaCounts) as Reader[];
    this.streams = new Map(readers.map((reader) => [reader, randomStream(seed, reader)]));
  }

  next(reader: Reader): Place {
    const random = this.streams.get(reader)?.() ?? 0;
    return { reader, replica: Math.floor(random * replicaCounts[reader]) };
  }
}
