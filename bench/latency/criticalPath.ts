/** What one resource costs, and what has to be there before it. */
export interface Step {
  readonly urn: string;
  /** Milliseconds that Azure takes for its requests, one after another. */
  readonly time: number;
  /** URNs of the resources that it depends on. */
  readonly after: readonly string[];
}

/** The chain of dependent resources that takes longest: with everything else beside it, no deployment is faster. */
export interface CriticalPath {
  /** Milliseconds. */
  readonly time: number;
  /** From the first resource to the last; those that take no time are left out. */
  readonly urns: readonly string[];
}

const nothing: CriticalPath = { time: 0, urns: [] };

/** @throws where resources depend on each other in a circle */
export function criticalPath(steps: readonly Step[]): CriticalPath {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const known = new Map<string, CriticalPath>();
  const open = new Set<string>();
  const until = (urn: string): CriticalPath => {
    const done = known.get(urn);
    const step = byUrn.get(urn);
    if (done !== undefined || step === undefined) {
      return done ?? nothing;
    }
    if (open.has(urn)) {
      throw new Error(`${urn} depends on itself`);
    }
    open.add(urn);
    const before = longest(step.after.map(until));
    const path = { time: before.time + step.time, urns: step.time === 0 ? before.urns : [...before.urns, urn] };
    known.set(urn, path);
    return path;
  };
  return longest(steps.map(({ urn }) => until(urn)));
}

const longest = (paths: readonly CriticalPath[]): CriticalPath =>
  paths.reduce((most, path) => (path.time > most.time ? path : most), nothing);
