import { createHash } from "node:crypto";

/** Random numbers from 0 up to, not including, 1. */
export type RandomStream = () => number;

/** The largest seed, the smallest being 0. */
export const largestSeed = 2 ** 32 - 1;

/** Random numbers for a purpose. The same seed and purpose give the same numbers, and no purpose disturbs another one. */
export function randomStream(seed: number, purpose: string): RandomStream {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash("sha256").update(`${seed}:${purpose}:${drawn}`).digest().readUInt32LE(0) / 2 ** 32;
  };
}
