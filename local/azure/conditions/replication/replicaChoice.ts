import { randomStream, type RandomStream } from "../seed";
import { homeShares, replicaCounts, type Reader } from "./facts";
import { home, type Place } from "./history";

/** Leads each request to one of its reader's replicas. */
export class ReplicaChoice {
  private readonly streams: ReadonlyMap<Reader, RandomStream>;

  constructor(random: RandomStream) {
    const seed = Math.floor(random() * 2 ** 32);
    const readers = Object.keys(replicaCounts) as Reader[];
    this.streams = new Map(readers.map((reader) => [reader, randomStream(seed, reader)]));
  }

  next(reader: Reader): Place {
    const random = this.streams.get(reader)?.() ?? 0;
    const share = homeShares[reader] ?? 0;
    if (random < share) {
      return { reader, replica: home };
    }
    return { reader, replica: Math.floor(((random - share) / (1 - share)) * replicaCounts[reader]) };
  }
}
