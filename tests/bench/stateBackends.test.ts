import { measureRun } from "../../bench/stateBackends/measureRun";
import { variants } from "../../bench/stateBackends/variant";
import { soaking } from "../support/soak";

jest.setTimeout(120_000);

const withoutCheckpoints = (variant: string): boolean => variant.endsWith("no checkpoints");
const sample = ["file://, no checkpoints", "azblob://"];
const names = variants.map(({ name }) => name).filter((name) => soaking || sample.includes(name));

it.each(names)(
  "after kill -9, the state on %s knows what Azure has made, unless it is written only at the end",
  async (variant) => {
    const { known, bytesWritten, requests } = await measureRun({ variant, daemons: 2, isKilled: true });
    const { inState, pending, unknown } = known;
    expect(inState + pending > 0).toBe(!withoutCheckpoints(variant));
    expect(unknown > 0).toBe(withoutCheckpoints(variant));
    expect(bytesWritten).toBeGreaterThan(0);
    expect(requests > 0).toBe(variant.startsWith("azblob"));
  },
);
