import { delays, otherDelay } from "../azure/conditions/latency/delays";
import type { Duration } from "../azure/conditions/latency/duration";
import { works } from "../azure/conditions/latency/operations";
import type { Limit } from "../azure/conditions/throttling/limit";
import { limitsByService } from "../azure/conditions/throttling/throttling";
import { table } from "./table";

/** What passes at once, and what comes back. */
export function limitsTable(): string {
  const limits = Object.values(limitsByService).flatMap((service) => service.limits);
  return table([["what is counted", "at once", "back each second", "source"], ...limits.map(limitRow)]);
}

const limitRow = ({ counts, size, refillPerSecond, source }: Limit): readonly string[] => [
  counts,
  String(size),
  String(Math.round(refillPerSecond * 100) / 100),
  source,
];

/** How long calls are under way, and how long Azure works on what it has accepted. */
export function durationsTable(): string {
  const calls = table([["a call", "milliseconds", "basis", "source"], ...[...delays, otherDelay].map(durationRow)]);
  return `${calls}\n\n${table([["work after the answer", "milliseconds", "basis", "source"], ...works.map(durationRow)])}`;
}

const durationRow = ({ of, shortest, longest, isRecorded, source }: Duration): readonly string[] => [
  of,
  shortest === longest ? String(shortest) : `${shortest} to ${longest}`,
  isRecorded ? "recorded" : "estimate",
  source,
];
