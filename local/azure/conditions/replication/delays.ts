import { randomStream, type RandomStream } from "../seed";
import { replicaCounts, replicationFacts, type Reader, type ReplicatedKind } from "./facts";

/** Milliseconds that one change takes, by reader and replica. A reader that is left out sees it at once. */
export type DrawnDelays = ReadonlyMap<Reader, readonly number[]>;

/** Draws how long changes take. A kind's numbers are its own: other kinds' changes in between disturb them not. */
export class Delays {
  private readonly streams: ReadonlyMap<ReplicatedKind, RandomStream>;

  /** @param factor multiplies every delay */
  constructor(
    random: RandomStream,
    private readonly factor: number,
  ) {
    const seed = Math.floor(random() * 2 ** 32);
    this.streams = new Map(replicationFacts.map(({ kind }) => [kind, randomStream(seed, kind)]));
  }

  draw(kind: ReplicatedKind): DrawnDelays {
    const random = this.streams.get(kind) ?? (() => 0);
    return new Map(
      replicationFacts
        .filter((fact) => fact.kind === kind)
        .map(({ reader, seconds }) => [
          reader,
          Array.from({ length: replicaCounts[reader] }, () => this.milliseconds(seconds, random())),
        ]),
    );
  }

  /** Most changes are quick, and a few take as long as any: the square of an even draw. */
  private milliseconds([from, to]: readonly [number, number], random: number): number {
    return (from + (to - from) * random ** 2) * 1000 * this.factor;
  }
}
