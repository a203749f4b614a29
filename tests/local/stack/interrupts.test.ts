import { Interrupts } from "../../../local/stack/interrupts";

const heard: string[] = [];
let interrupts: Interrupts;
let now = 0;

beforeEach(() => {
  heard.length = 0;
  now = 1_000;
  jest.spyOn(performance, "now").mockImplementation(() => now);
  interrupts = new Interrupts(
    () => void heard.push("first"),
    () => void heard.push("second"),
  );
});

afterEach(() => {
  interrupts.stopListening();
  jest.restoreAllMocks();
});

const interrupt = (afterMs: number): void => {
  now += afterMs;
  process.emit("SIGINT");
};

it("stops in order at the first interrupt and at once at the second", () => {
  interrupt(0);
  expect(interrupts.wasInterrupted()).toBe(true);
  interrupt(2_000);
  expect(heard).toEqual(["first", "second"]);
});

it("takes one key that arrives twice for one", () => {
  interrupt(0);
  interrupt(5);
  expect(heard).toEqual(["first"]);
});
