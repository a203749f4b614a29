import { EngineProcess } from "../../../tools/engine/engineProcess";
import { Interruption } from "../../../tools/estate/run/interruption";

/** Stands in for an engine that heeds no signal. */
const deaf = (): Promise<EngineProcess> =>
  new Promise((resolve) => {
    const engine: EngineProcess = new EngineProcess(
      "sh",
      ["-c", "trap '' INT; echo ready; while :; do sleep 0.05; done"],
      {
        env: process.env,
        onOutput: () => {
          resolve(engine);
        },
      },
    );
  });

const told: string[] = [];
let interruption: Interruption | undefined;
const watched = async (finishing: number, stopping: number): Promise<EngineProcess> => {
  interruption = new Interruption((line) => told.push(line), { finishing, stopping });
  const engine = await deaf();
  interruption.watch(engine);
  return engine;
};
const press = (): void => void process.emit("SIGINT", "SIGINT");

afterEach(() => {
  interruption?.close();
  told.length = 0;
});

const long = 600_000;

describe("an engine that heeds no signal", () => {
  it("is killed when its time to finish is over", async () => {
    const engine = await watched(50, long);
    press();
    expect(await engine.ended).toMatchObject({ signal: "SIGKILL" });
    expect(told).toHaveLength(1);
  });

  it("is killed soon after the second signal, of which one that follows at once is none", async () => {
    const engine = await watched(long, 50);
    press();
    press();
    expect(told).toHaveLength(1);
    const pressed = setInterval(press, 100);
    expect(await engine.ended).toMatchObject({ signal: "SIGKILL" });
    clearInterval(pressed);
    expect(told.at(-1)).toBe("Stopping immediately.");
  });

  it("is killed at once by a third signal", async () => {
    const engine = await watched(long, long);
    const pressed = setInterval(press, 100);
    expect(await engine.ended).toMatchObject({ signal: "SIGKILL" });
    clearInterval(pressed);
  });
});
