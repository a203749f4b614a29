import type { Layout } from "./estateProject";
import type { EstateCost } from "./estateRun";

/** What came of the commands on so many daemons, divided in one way. */
export interface Measured {
  readonly layout: Layout;
  readonly daemons: number;
  readonly costs: readonly EstateCost[];
}
