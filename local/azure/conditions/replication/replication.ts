import type { Mode } from "../mode";
import { Delays } from "./delays";
import { longestSeconds } from "./facts";
import { ChangeHistory } from "./history";
import { LaggingReplicas } from "./laggingReplicas";
import { ReplicaChoice } from "./replicaChoice";
import type { Replicas, Whole } from "./replicas";
import { timelineOf } from "./timeline";

/** How changes reach replicas. */
export interface Replication {
  /** How long a change may take until everyone sees it. */
  readonly settlingSeconds: number;
  /** The replicas of a state, which has no changes on their way. */
  of(whole: Whole): Replicas;
}

/** Everyone sees everything at once. */
const atOnce: Replication = {
  settlingSeconds: 0,
  of: ({ store, directory, access }) => ({
    follow: () => undefined,
    records: () => store,
    directory: () => directory,
    access: () => access,
    resolves: () => true,
  }),
};

export const replicationMode: Mode<Replication> = {
  isReady: true,
  off: atOnce,
  open({ clock, random, factor }) {
    const delays = new Delays(random, factor);
    const choice = new ReplicaChoice(random);
    return {
      settlingSeconds: longestSeconds * factor,
      of: (whole) => new LaggingReplicas(whole, clock, new ChangeHistory(delays, timelineOf(clock)), choice),
    };
  },
};
